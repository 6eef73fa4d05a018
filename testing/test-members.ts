import { randomUUID } from 'node:crypto'

import { eq, sql } from 'drizzle-orm'

import type { Database } from '@/db/client'
import { findLiveSession } from '@/db/queries/member-sessions'
import { mailOutbox } from '@/db/schema/mail'
import { memberSessions, members } from '@/db/schema/members'
import { confirmSignInLink } from '@/lib/members/confirm-link'
import type { Member } from '@/lib/members/member'
import { hashSecret } from '@/lib/members/member-token'
import type { Visitor } from '@/lib/members/open-session'
import { requestLink } from '@/lib/members/request-link'

/** For verbs that read the environment themselves. */
export function setTestEnvironment(): void {
  Object.assign(process.env, {
    DATABASE_URL: 'postgres://nowhere/shop',
    APP_URL: 'http://localhost:3000',
    SESSION_SECRET: 'a-secret-for-tests-with-more-than-32-characters',
    PAYPAL_ENVIRONMENT: 'simulator',
    PAYPAL_SIMULATOR_URL: 'http://localhost:4010',
    PAYPAL_CLIENT_ID: 'simulator-client',
    PAYPAL_CLIENT_SECRET: 'simulator-secret',
    PAYPAL_MERCHANT_ID: 'SHMERCHANT234',
    SMTP_URL: 'smtp://localhost:4025',
    MAIL_FROM: 'Shop <orders@shop.example>',
    MEDIA_DIR: '/nowhere',
  })
}

export const VISITOR: Visitor = { device: 'Firefox on Linux', network: null, deviceHash: 'of-a-laptop' }

/** Another address at each call, so that tests share neither accounts nor limits. */
export function newEmail(): string {
  return `person-${randomUUID()}@example.com`
}

export interface SentMail {
  readonly kind: string
  readonly path: string
  readonly secret: string
}

/** What was mailed to an address, the oldest first. */
export async function mailTo(db: Database, email: string): Promise<SentMail[]> {
  const rows = await db.select().from(mailOutbox).where(eq(mailOutbox.recipient, email)).orderBy(mailOutbox.id)
  return rows.map(({ kind, payload }) => {
    const path = payload && 'path' in payload ? payload.path : ''
    return { kind, path, secret: path.split(/[=/]/).at(-1) ?? '' }
  })
}

export async function lastSecret(db: Database, email: string): Promise<string> {
  return (await mailTo(db, email)).at(-1)?.secret ?? ''
}

/** Somebody with an account, signed in a moment ago by a mailed link. */
export async function newMember(
  db: Database,
  { email = newEmail(), visitor = VISITOR } = {},
): Promise<{ member: Member; secret: string; email: string }> {
  await requestLink(db, { email, returnTo: '/account', caller: visitor })
  const outcome = await confirmSignInLink(db, { secret: await lastSecret(db, email), visitor })
  if (outcome.kind !== 'signed_in') throw new Error(`signed in: ${outcome.kind}`)
  return { member: await memberOf(db, outcome.secret), secret: outcome.secret, email }
}

/** Whom a session's secret belongs to. */
export async function memberOf(db: Database, secret: string): Promise<Member> {
  const session = await findLiveSession(db, hashSecret(secret))
  if (!session) throw new Error('nobody is signed in')
  return session as Member
}

export async function disable(db: Database, member: Member): Promise<void> {
  await db
    .update(members)
    .set({ disabledAt: sql`now()` })
    .where(eq(members.id, member.memberId))
}

/** The same member, as if this session had begun too long ago to change who gets in. */
export async function signedInLongAgo(db: Database, secret: string): Promise<Member> {
  await db
    .update(memberSessions)
    .set({ createdAt: sql`now() - interval '16 minutes'` })
    .where(eq(memberSessions.secretHash, hashSecret(secret)))
  return memberOf(db, secret)
}
