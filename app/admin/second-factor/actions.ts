'use server'

import { adminDatabase } from '@/lib/admin/admin-services'
import { giveSecondFactor } from '@/lib/admin/second-factor'
import { waitText } from '@/lib/domain/member-limits'
import { parseReturnPath } from '@/lib/domain/return-path'
import { leaveForm, readFields, refuseForm, type FormState } from '@/lib/web/answer-form'
import { requireStaff } from '@/lib/web/current-admin'
import { secondFactorPath } from '@/lib/web/factor-wanted'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { readVisitor } from '@/lib/web/visitor'

const WRONG = 'That code is not right, or was used before. Wait for the next one and try again.'

export async function confirmItIsYou(_previous: FormState, formData: FormData): Promise<FormState> {
  const { code } = readFields(formData, ['code'])
  const to = parseReturnPath(formData.get('to'), '/admin')
  const refuse = (errors: FormState['errors']) =>
    refuseForm('factor', secondFactorPath(to), { errors, values: { code: '' } })
  if (!(await isOwnForm())) return refuse({ form: FOREIGN })
  const person = await requireStaff()
  const outcome = await giveSecondFactor(adminDatabase(), person, code.slice(0, 20), await readVisitor())
  switch (outcome.kind) {
    case 'accepted':
      return leaveForm(to)
    case 'refused':
      return refuse({ code: WRONG })
    case 'slow_down':
      return refuse({ code: `Too many tries. Try again ${waitText(outcome.retryAfterSeconds)}.` })
  }
}
