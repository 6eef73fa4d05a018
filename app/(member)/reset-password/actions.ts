'use server'

import { parseReturnPath } from '@/lib/domain/return-path'
import { memberDatabase } from '@/lib/members/member-services'
import { DISABLED_TEXT } from '@/lib/members/read-form'
import { resetPassword } from '@/lib/members/set-password'
import { leaveForm, readFields, refuseForm, type FormState } from '@/lib/web/answer-form'
import { enterAsMember } from '@/lib/web/enter-as-member'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { readVisitor } from '@/lib/web/visitor'

export async function setNewPassword(_previous: FormState, formData: FormData): Promise<FormState> {
  const { token, password } = readFields(formData, ['token', 'password'])
  const path = `/reset-password?token=${encodeURIComponent(token)}`
  const refuse = (errors: FormState['errors']) => refuseForm('reset', path, { errors, values: {} })
  if (!(await isOwnForm())) return refuse({ form: FOREIGN })
  const outcome = await resetPassword(memberDatabase(), { secret: token, password, visitor: await readVisitor() })
  switch (outcome.kind) {
    case 'link_over':
      return leaveForm('/reset-password')
    case 'invalid':
      return refuse(outcome.errors)
    case 'disabled':
      return refuse({ form: DISABLED_TEXT })
    case 'signed_in':
      await enterAsMember(outcome)
      return leaveForm(parseReturnPath(outcome.returnTo))
  }
}
