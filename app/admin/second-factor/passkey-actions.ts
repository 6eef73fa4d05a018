'use server'

import type { PasskeyAnswer, PasskeyQuestion } from '@/components/members/passkey-client'
import { adminDatabase } from '@/lib/admin/admin-services'
import { askForPasskeyFactor, givePasskeyFactor } from '@/lib/admin/passkey-factor'
import { parseReturnPath } from '@/lib/domain/return-path'
import { addPasskey, askForNewPasskey, type AddPasskeyOutcome } from '@/lib/members/add-passkey'
import { AssertionAnswer, AttestationAnswer } from '@/lib/members/passkey-answer'
import { slowDownText } from '@/lib/members/read-form'
import { requireStaff } from '@/lib/web/current-admin'
import { signInPath } from '@/lib/web/current-member'
import { secondFactorPath } from '@/lib/web/factor-wanted'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { readVisitor } from '@/lib/web/visitor'

import { readNavigation } from '../../(shop)/navigation'

const REFUSED = 'This passkey does not open /admin. Use another one, or a code.'
const UNREADABLE = 'The passkey could not be read. Try again.'
const message = (text: string) => ({ kind: 'message', text }) as const

/** Leads back to the page itself once the person has signed in again. */
const signInFirst = (to: string) => signInPath(secondFactorPath(to, false))

export async function askForOwnPasskey(): Promise<PasskeyQuestion<'get'>> {
  if (!(await isOwnForm())) return message(FOREIGN)
  const options = await askForPasskeyFactor(adminDatabase(), await requireStaff())
  return options ? { kind: 'ask', options } : message(REFUSED)
}

export async function giveOwnPasskey(answer: unknown, asked: unknown): Promise<PasskeyAnswer> {
  if (!(await isOwnForm())) return message(FOREIGN)
  const person = await requireStaff()
  const to = parseReturnPath(asked, '/admin')
  const parsed = AssertionAnswer.safeParse(answer)
  if (!parsed.success) return message(UNREADABLE)
  const outcome = await givePasskeyFactor(adminDatabase(), person, parsed.data, await readVisitor())
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'done', goTo: to }
    case 'refused':
      return message(REFUSED)
    case 'slow_down':
      return message(slowDownText(outcome.retryAfterSeconds))
    case 'sign_in_again':
      return { kind: 'done', goTo: signInFirst(to) }
  }
}

export async function beginFirstPasskey(): Promise<PasskeyQuestion<'create'>> {
  if (!(await isOwnForm())) return message(FOREIGN)
  const person = await requireStaff()
  const outcome = await askForNewPasskey(adminDatabase(), person, (await readNavigation()).shopName)
  switch (outcome.kind) {
    case 'ask':
      return outcome
    case 'too_many':
      return message('That is enough passkeys. Remove one in your account first.')
    case 'sign_in_again':
      return { kind: 'leave', goTo: signInFirst('/admin') }
    case 'second_factor':
      return { kind: 'leave', goTo: secondFactorPath('/admin') }
  }
}

export async function finishFirstPasskey(asked: unknown, answer: unknown): Promise<PasskeyAnswer> {
  if (!(await isOwnForm())) return message(FOREIGN)
  const person = await requireStaff()
  const to = parseReturnPath(asked, '/admin')
  const parsed = AttestationAnswer.safeParse(answer)
  if (!parsed.success) return message(UNREADABLE)
  const { kind } = await addPasskey(adminDatabase(), person, parsed.data, await readVisitor())
  if (kind === 'refused') return message('The passkey could not be added. Try again.')
  return { kind: 'done', goTo: whereAfter(kind, to) }
}

function whereAfter(kind: Exclude<AddPasskeyOutcome['kind'], 'refused'>, to: string): string {
  if (kind === 'added') return to
  return kind === 'sign_in_again' ? signInFirst(to) : secondFactorPath(to)
}
