import type { Route } from 'next'
import { redirect } from 'next/navigation'

import type { Member } from '@/lib/members/member'
import { leaveForm, refuseForm, type FormState } from '@/lib/web/answer-form'
import { getCurrentMember, signInPath } from '@/lib/web/current-member'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'

/** What an account form needs before anything is read of it: our own page, and a member. Others are led to sign in. */
export async function atMemberDoor(
  form: string,
  path: string,
  act: (
    member: Member,
    refuse: (errors: FormState['errors'], values?: FormState['values']) => Promise<FormState>,
  ) => Promise<FormState>,
): Promise<FormState> {
  const refuse = (errors: FormState['errors'], values: FormState['values'] = {}) =>
    refuseForm(form, path, { errors, values })
  if (!(await isOwnForm())) return refuse({ form: FOREIGN })
  const member = await getCurrentMember()
  return member ? act(member, refuse) : leaveForm(signInPath(path))
}

/** The same for a form that is a button and nothing else. */
export async function atMemberButton(path: string, act: (member: Member) => Promise<string>): Promise<never> {
  if (!(await isOwnForm())) redirect(path as Route)
  const member = await getCurrentMember()
  redirect((member ? await act(member) : signInPath(path)) as Route)
}
