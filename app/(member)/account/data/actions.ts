'use server'

import { askForDeletion, keepAccount } from '@/lib/members/delete-account'
import { memberDatabase } from '@/lib/members/member-services'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { signInPath } from '@/lib/web/current-member'

import { atMemberButton, atMemberDoor } from '../member-door'

const DATA = '/account/data'

/** Takes the address typed out in full: nobody does that by accident. */
export async function deleteAccount(_previous: FormState, formData: FormData): Promise<FormState> {
  const { email } = readFields(formData, ['email'])
  return atMemberDoor('delete', DATA, async (member, refuse) => {
    if (email.trim().toLowerCase() !== member.email) {
      return refuse({ email: 'Type your e-mail address as it stands above.' }, { email })
    }
    const { kind } = await askForDeletion(memberDatabase(), member)
    if (kind === 'works_here')
      return refuse({ form: 'You work in this shop. An owner has to end that first.' }, { email })
    return leaveForm(kind === 'sign_in_again' ? signInPath(DATA) : `${DATA}?done=deletion`)
  })
}

export async function stay(): Promise<void> {
  await atMemberButton(DATA, async (member) => {
    await keepAccount(memberDatabase(), member)
    return `${DATA}?done=kept`
  })
}
