'use server'

import { adminDatabase } from '@/lib/admin/admin-services'
import { joinStaff } from '@/lib/admin/invite-staff'
import { DISABLED_TEXT } from '@/lib/members/read-form'
import { leaveForm, readFields, refuseForm, type FormState } from '@/lib/web/answer-form'
import { enterAsMember } from '@/lib/web/enter-as-member'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { readVisitor } from '@/lib/web/visitor'

export async function acceptInvitation(_previous: FormState, formData: FormData): Promise<FormState> {
  const { key } = readFields(formData, ['key'])
  const path = `/admin/join?key=${encodeURIComponent(key.slice(0, 64))}`
  const refuse = (form: string) => refuseForm('join', path, { errors: { form }, values: {} })
  if (!(await isOwnForm())) return refuse(FOREIGN)
  const outcome = await joinStaff(adminDatabase(), key, await readVisitor())
  switch (outcome.kind) {
    case 'link_over':
      return refuse('This invitation was used, or is more than three days old. Ask for another one.')
    case 'disabled':
      return refuse(DISABLED_TEXT)
    case 'signed_in':
      await enterAsMember(outcome)
      return leaveForm('/admin')
  }
}
