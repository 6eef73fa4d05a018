'use server'

import type { PasskeyAnswer, PasskeyQuestion } from '@/components/members/passkey-client'
import { parseReturnPath } from '@/lib/domain/return-path'
import { addPasskey, askForNewPasskey } from '@/lib/members/add-passkey'
import { memberDatabase } from '@/lib/members/member-services'
import { AssertionAnswer, AttestationAnswer } from '@/lib/members/passkey-answer'
import { DISABLED_TEXT, slowDownText } from '@/lib/members/read-form'
import { askForPasskey, signInWithPasskey } from '@/lib/members/sign-in-with-passkey'
import { getCurrentMember, signInPath } from '@/lib/web/current-member'
import { secondFactorPath } from '@/lib/web/factor-wanted'
import { enterAsMember } from '@/lib/web/enter-as-member'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { readVisitor } from '@/lib/web/visitor'

import { readNavigation } from '../(shop)/navigation'

const SECURITY = '/account/security'
const REFUSED = 'This passkey is not known here. Sign in another way, then add it in your account.'

export async function beginPasskeySignIn(): Promise<PasskeyQuestion<'get'>> {
  if (!(await isOwnForm())) return { kind: 'message', text: FOREIGN }
  return { kind: 'ask', options: await askForPasskey(memberDatabase()) }
}

export async function finishPasskeySignIn(answer: unknown, to: unknown): Promise<PasskeyAnswer> {
  if (!(await isOwnForm())) return { kind: 'message', text: FOREIGN }
  const parsed = AssertionAnswer.safeParse(answer)
  if (!parsed.success) return { kind: 'message', text: REFUSED }
  const outcome = await signInWithPasskey(memberDatabase(), parsed.data, await readVisitor())
  switch (outcome.kind) {
    case 'slow_down':
      return { kind: 'message', text: slowDownText(outcome.retryAfterSeconds) }
    case 'refused':
      return { kind: 'message', text: REFUSED }
    case 'disabled':
      return { kind: 'message', text: DISABLED_TEXT }
    case 'signed_in':
      await enterAsMember(outcome)
      return { kind: 'done', goTo: parseReturnPath(to) }
  }
}

export async function beginPasskeyCreation(): Promise<PasskeyQuestion<'create'>> {
  if (!(await isOwnForm())) return { kind: 'message', text: FOREIGN }
  const member = await getCurrentMember()
  if (!member) return { kind: 'leave', goTo: signInPath(SECURITY) }
  const { shopName } = await readNavigation()
  const outcome = await askForNewPasskey(memberDatabase(), member, shopName)
  if (outcome.kind === 'sign_in_again') return { kind: 'leave', goTo: signInPath(SECURITY) }
  if (outcome.kind === 'second_factor') return { kind: 'leave', goTo: secondFactorPath(SECURITY) }
  if (outcome.kind === 'ask') return outcome
  return { kind: 'message', text: 'That is enough passkeys. Remove one first.' }
}

export async function finishPasskeyCreation(answer: unknown): Promise<PasskeyAnswer> {
  if (!(await isOwnForm())) return { kind: 'message', text: FOREIGN }
  const member = await getCurrentMember()
  if (!member) return { kind: 'done', goTo: signInPath(SECURITY) }
  const parsed = AttestationAnswer.safeParse(answer)
  if (!parsed.success) return { kind: 'message', text: 'The passkey could not be read. Try again.' }
  const outcome = await addPasskey(memberDatabase(), member, parsed.data, await readVisitor())
  if (outcome.kind === 'sign_in_again') return { kind: 'done', goTo: signInPath(SECURITY) }
  if (outcome.kind === 'second_factor') return { kind: 'done', goTo: secondFactorPath(SECURITY) }
  if (outcome.kind === 'refused') return { kind: 'message', text: 'The passkey could not be added. Try again.' }
  return { kind: 'done', goTo: `${SECURITY}?done=passkey` }
}
