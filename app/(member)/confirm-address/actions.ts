'use server'

import { confirmEmailChange } from '@/lib/members/change-email'
import { memberDatabase } from '@/lib/members/member-services'
import { leaveForm, readFields, refuseForm, type FormState } from '@/lib/web/answer-form'
import { getCurrentMember } from '@/lib/web/current-member'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'

export async function confirmNewAddress(_previous: FormState, formData: FormData): Promise<FormState> {
  const { token } = readFields(formData, ['token'])
  const path = `/confirm-address?token=${encodeURIComponent(token)}`
  if (!(await isOwnForm())) return refuseForm('confirm', path, { errors: { form: FOREIGN }, values: {} })
  const { kind } = await confirmEmailChange(memberDatabase(), token, await getCurrentMember())
  // The page says whose account to sign in to.
  if (kind === 'sign_in_first') return leaveForm(path)
  return leaveForm(kind === 'changed' ? '/confirm-address?changed=1' : '/confirm-address')
}
