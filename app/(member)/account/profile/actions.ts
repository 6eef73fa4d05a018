'use server'

import { MemberName } from '@/lib/domain/member'
import { changeProfile } from '@/lib/members/account'
import { requestEmailChange } from '@/lib/members/change-email'
import { memberDatabase } from '@/lib/members/member-services'
import { parseEmail, slowMailText } from '@/lib/members/read-form'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { readCallerNetwork } from '@/lib/web/caller-network'
import { signInPath } from '@/lib/web/current-member'

import { atMemberDoor } from '../member-door'

const PROFILE = '/account/profile'

export async function saveName(_previous: FormState, formData: FormData): Promise<FormState> {
  const { name } = readFields(formData, ['name'])
  return atMemberDoor('name', PROFILE, async (member, refuse) => {
    const parsed = MemberName.safeParse(name)
    if (!parsed.success) return refuse({ name: parsed.error.issues[0]?.message ?? '' }, { name })
    await changeProfile(memberDatabase(), member, { name: parsed.data })
    return leaveForm(`${PROFILE}?done=name`)
  })
}

export async function changeEmail(_previous: FormState, formData: FormData): Promise<FormState> {
  const { email: typed } = readFields(formData, ['email'])
  return atMemberDoor('email', PROFILE, async (member, refuse) => {
    const parsed = parseEmail(typed)
    if (parsed.kind === 'invalid') return refuse({ email: parsed.message }, { email: typed })
    if (parsed.email === member.email) return refuse({ email: 'This is your address already.' }, { email: typed })
    const caller = { network: await readCallerNetwork() }
    const outcome = await requestEmailChange(memberDatabase(), member, { email: parsed.email, caller })
    if (outcome.kind === 'sign_in_again') return leaveForm(signInPath(PROFILE))
    if (outcome.kind === 'slow_down') return refuse({ form: slowMailText(outcome.retryAfterSeconds) }, { email: typed })
    return leaveForm(`${PROFILE}?done=mailed`)
  })
}

export async function saveChoices(_previous: FormState, formData: FormData): Promise<FormState> {
  return atMemberDoor('choices', PROFILE, async (member) => {
    const wants = (name: string) => formData.get(name) === '1'
    const choices = { wantsNews: wants('wantsNews'), wantsNewDeviceMail: wants('wantsNewDeviceMail') }
    await changeProfile(memberDatabase(), member, choices)
    return leaveForm(`${PROFILE}?done=choices`)
  })
}
