import { createHash, randomBytes } from 'node:crypto'

import { hash } from '@node-rs/argon2'
import type { APIRequestContext, Browser } from '@playwright/test'

import { newEmail } from '../support/buying'
import { signIn } from '../support/members'
import { query } from '../support/stage'
import { photograph, type Things } from './cast'
import { Form } from './form'

interface LiveDoor {
  readonly action: string
  readonly at: string
  readonly send: readonly unknown[]
}

/** A member at whom each door is aimed that lets somebody in or mails a link, with what opens it: live links, the right password. */
export interface Victim {
  readonly ask: APIRequestContext
  /** In the order in which they all open for a page of the shop. */
  readonly doors: readonly LiveDoor[]
  /** All that the doors could change, in a form that two moments can be compared in. */
  readonly photograph: () => Promise<string>
  readonly close: () => Promise<void>
}

const PASSWORD = 'nine calm scanners hum'
const IDLE = { errors: {}, values: {} }

/** `guest` is whose order can be looked up by mail. */
export async function prepareVictim(browser: Browser, guest: Things): Promise<Victim> {
  const email = newEmail()
  const [newcomer, applicant, next] = [newEmail(), newEmail(), newEmail()]
  const context = await browser.newContext()
  await signIn(await context.newPage(), email)
  const [member] = await query<{ id: string }>('update members set password_hash = $2 where email = $1 returning id', [
    email,
    await hash(PASSWORD),
  ])
  if (!member) throw new Error('the victim has no account')
  const link = (kind: string, address: string, memberId: string | null = member.id) =>
    insertLink(kind, address, memberId)
  const door = (action: string, at: string, fields: Record<string, string>): LiveDoor => ({
    action,
    at,
    send: [IDLE, new Form(fields)],
  })
  return {
    ask: context.request,
    doors: [
      door('sign-in/actions.ts confirmLink', '/sign-in/link', { token: await link('sign_in', email) }),
      door('sign-in/actions.ts signInByPassword', '/sign-in', { email, password: PASSWORD }),
      door('sign-in/actions.ts mailSignInLink', '/sign-in', { email }),
      door('forgot-password/actions.ts mailPasswordLink', '/forgot-password', { email }),
      door('find-order/actions.ts findOrderByMail', '/find-order', {
        orderNumber: guest.orderNumber,
        email: guest.email,
      }),
      door('reset-password/actions.ts setNewPassword', '/reset-password', {
        token: await link('password_reset', email),
        password: 'four loud scanners whir',
      }),
      door('confirm-address/actions.ts confirmNewAddress', '/confirm-address', {
        token: await link('email_change', next),
      }),
      door('register/actions.ts openAccount', '/register', { email: applicant, name: '' }),
      door('register/actions.ts confirmAccount', '/register/confirm', {
        token: await link('register', newcomer, null),
        name: '',
        password: '',
      }),
    ],
    photograph: async () => {
      const own = await Promise.all([
        photograph({ memberId: member.id, email }),
        photograph(guest),
        query(
          `select (select count(*) from members where email = any($1)) as members,
             (select count(*) from member_tokens where email = any($1)) as links,
             (select count(*) from mail_outbox where recipient = any($1)) as mails`,
          [[newcomer, applicant, next]],
        ),
      ])
      return JSON.stringify(own)
    },
    close: () => context.close(),
  }
}

/** As if it had been mailed a moment ago; returns what stands in the mail. */
async function insertLink(kind: string, email: string, memberId: string | null): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  const secretHash = createHash('sha256').update(`member:${secret}`).digest('base64url')
  await query(
    `insert into member_tokens (hash, kind, member_id, email, expires_at) values ($1, $2, $3, $4, now() + interval '1 hour')`,
    [secretHash, kind, memberId, email],
  )
  return secret
}
