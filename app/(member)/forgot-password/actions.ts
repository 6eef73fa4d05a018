'use server'

import { parseReturnPath } from '@/lib/domain/return-path'
import { memberDatabase } from '@/lib/members/member-services'
import { parseEmail, slowMailText } from '@/lib/members/read-form'
import { forgotPassword } from '@/lib/members/request-link'
import { leaveForm, readFields, refuseForm, type FormState } from '@/lib/web/answer-form'
import { readCallerNetwork } from '@/lib/web/caller-network'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'

export async function mailPasswordLink(_previous: FormState, formData: FormData): Promise<FormState> {
  const { email: typed } = readFields(formData, ['email'])
  const returnTo = parseReturnPath(formData.get('to'))
  const refuse = (errors: FormState['errors']) =>
    refuseForm('forgot', `/forgot-password?to=${encodeURIComponent(returnTo)}`, { errors, values: { email: typed } })
  if (!(await isOwnForm())) return refuse({ form: FOREIGN })
  const parsed = parseEmail(typed)
  if (parsed.kind === 'invalid') return refuse({ email: parsed.message })
  const caller = { network: await readCallerNetwork() }
  const outcome = await forgotPassword(memberDatabase(), { email: parsed.email, returnTo, caller })
  if (outcome.kind === 'slow_down') return refuse({ form: slowMailText(outcome.retryAfterSeconds) })
  return leaveForm('/sign-in/sent')
}
