'use server'

import { parseReturnPath } from '@/lib/domain/return-path'
import { memberDatabase } from '@/lib/members/member-services'
import { confirmSignInLink } from '@/lib/members/confirm-link'
import { DISABLED_TEXT, parseEmail, slowDownText, slowMailText } from '@/lib/members/read-form'
import { requestLink } from '@/lib/members/request-link'
import { signInWithPassword } from '@/lib/members/sign-in-with-password'
import { leaveForm, readFields, refuseForm, type FormState } from '@/lib/web/answer-form'
import { readCallerNetwork } from '@/lib/web/caller-network'
import { enterAsMember } from '@/lib/web/enter-as-member'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { readVisitor } from '@/lib/web/visitor'

export async function signInByPassword(_previous: FormState, formData: FormData): Promise<FormState> {
  const { email: typed, password } = readFields(formData, ['email', 'password'])
  const returnTo = parseReturnPath(formData.get('to'))
  const refuse = (errors: FormState['errors']) =>
    refuseForm('password', `/sign-in?to=${encodeURIComponent(returnTo)}`, { errors, values: { email: typed } })
  if (!(await isOwnForm())) return refuse({ form: FOREIGN })
  const parsed = parseEmail(typed)
  if (parsed.kind === 'invalid') return refuse({ email: parsed.message })
  if (password === '') return refuse({ password: 'Enter your password.' })
  const visitor = await readVisitor()
  const outcome = await signInWithPassword(memberDatabase(), { email: parsed.email, password, visitor })
  switch (outcome.kind) {
    case 'slow_down':
      return refuse({ form: slowDownText(outcome.retryAfterSeconds) })
    case 'wrong':
      return refuse({ form: 'Address and password do not fit together. Try again, or have a link mailed to you.' })
    case 'disabled':
      return refuse({ form: DISABLED_TEXT })
    case 'signed_in':
      await enterAsMember(outcome)
      return leaveForm(returnTo)
  }
}

export async function mailSignInLink(_previous: FormState, formData: FormData): Promise<FormState> {
  const { email: typed } = readFields(formData, ['email'])
  const returnTo = parseReturnPath(formData.get('to'))
  const refuse = (errors: FormState['errors']) =>
    refuseForm('link', `/sign-in?to=${encodeURIComponent(returnTo)}`, { errors, values: { email: typed } })
  if (!(await isOwnForm())) return refuse({ form: FOREIGN })
  const parsed = parseEmail(typed)
  if (parsed.kind === 'invalid') return refuse({ email: parsed.message })
  const caller = { network: await readCallerNetwork() }
  const outcome = await requestLink(memberDatabase(), { email: parsed.email, returnTo, caller })
  if (outcome.kind === 'slow_down') return refuse({ form: slowMailText(outcome.retryAfterSeconds) })
  return leaveForm('/sign-in/sent')
}

export async function confirmLink(_previous: FormState, formData: FormData): Promise<FormState> {
  const { token } = readFields(formData, ['token'])
  const path = `/sign-in/link?token=${encodeURIComponent(token)}`
  const refuse = (message: string) => refuseForm('confirm', path, { errors: { form: message }, values: {} })
  if (!(await isOwnForm())) return refuse(FOREIGN)
  const outcome = await confirmSignInLink(memberDatabase(), { secret: token, visitor: await readVisitor() })
  if (outcome.kind === 'link_over') return leaveForm('/sign-in/link')
  if (outcome.kind === 'disabled') return refuse(DISABLED_TEXT)
  await enterAsMember(outcome)
  return leaveForm(parseReturnPath(outcome.returnTo))
}
