'use server'

import { MemberName } from '@/lib/domain/member'
import { parseReturnPath } from '@/lib/domain/return-path'
import { confirmRegistration } from '@/lib/members/confirm-link'
import { memberDatabase } from '@/lib/members/member-services'
import { DISABLED_TEXT, parseEmail, slowMailText } from '@/lib/members/read-form'
import { register } from '@/lib/members/request-link'
import { leaveForm, readFields, refuseForm, type FormState } from '@/lib/web/answer-form'
import { readCallerNetwork } from '@/lib/web/caller-network'
import { enterAsMember } from '@/lib/web/enter-as-member'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { readVisitor } from '@/lib/web/visitor'

export async function openAccount(_previous: FormState, formData: FormData): Promise<FormState> {
  const { email: typed, name } = readFields(formData, ['email', 'name'])
  const returnTo = parseReturnPath(formData.get('to'))
  const refuse = (errors: FormState['errors']) =>
    refuseForm('register', `/register?to=${encodeURIComponent(returnTo)}`, { errors, values: { email: typed, name } })
  if (!(await isOwnForm())) return refuse({ form: FOREIGN })
  const parsed = parseEmail(typed)
  if (parsed.kind === 'invalid') return refuse({ email: parsed.message })
  const called = MemberName.safeParse(name)
  if (!called.success) return refuse({ name: called.error.issues[0]?.message ?? '' })
  const caller = { network: await readCallerNetwork() }
  const outcome = await register(memberDatabase(), { email: parsed.email, name: called.data, returnTo, caller })
  if (outcome.kind === 'slow_down') return refuse({ form: slowMailText(outcome.retryAfterSeconds) })
  return leaveForm('/sign-in/sent')
}

export async function confirmAccount(_previous: FormState, formData: FormData): Promise<FormState> {
  const { token, name, password } = readFields(formData, ['token', 'name', 'password'])
  const path = `/register/confirm?token=${encodeURIComponent(token)}`
  const refuse = (errors: FormState['errors']) => refuseForm('confirm', path, { errors, values: { name } })
  if (!(await isOwnForm())) return refuse({ form: FOREIGN })
  const called = MemberName.safeParse(name)
  if (!called.success) return refuse({ name: called.error.issues[0]?.message ?? '' })
  const outcome = await confirmRegistration(memberDatabase(), {
    secret: token,
    name: called.data,
    password,
    visitor: await readVisitor(),
  })
  switch (outcome.kind) {
    case 'link_over':
      return leaveForm('/register/confirm')
    case 'invalid':
      return refuse(outcome.errors)
    case 'disabled':
      return refuse({ form: DISABLED_TEXT })
    case 'signed_in':
      await enterAsMember(outcome)
      return leaveForm(parseReturnPath(outcome.returnTo))
  }
}
