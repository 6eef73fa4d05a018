'use server'

import { IDENTITY_PROVIDERS } from '@/lib/domain/member'
import { signOutDevice, signOutEverywhereElse } from '@/lib/members/devices'
import { memberDatabase } from '@/lib/members/member-services'
import { disconnectIdentity, removePasskey, removePassword, type RemoveOutcome } from '@/lib/members/remove-way-in'
import { changePassword } from '@/lib/members/set-password'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { signInPath } from '@/lib/web/current-member'
import { secondFactorPath } from '@/lib/web/factor-wanted'

import { notFound } from 'next/navigation'
import { z } from 'zod'

import { atMemberButton, atMemberDoor } from '../member-door'

const SECURITY = '/account/security'

export async function savePassword(_previous: FormState, formData: FormData): Promise<FormState> {
  const { password } = readFields(formData, ['password'])
  return atMemberDoor('password', SECURITY, async (member, refuse) => {
    const outcome = await changePassword(memberDatabase(), member, password)
    if (outcome.kind === 'sign_in_again') return leaveForm(signInPath(SECURITY))
    if (outcome.kind === 'invalid') return refuse(outcome.errors)
    return leaveForm(`${SECURITY}?done=password`)
  })
}

export async function dropPassword(): Promise<void> {
  await atMemberButton(SECURITY, async (member) =>
    whereTo(await removePassword(memberDatabase(), member), 'password_gone'),
  )
}

export async function dropPasskey(formData: FormData): Promise<void> {
  const { passkeyId } = readFields(formData, ['passkeyId'])
  await atMemberButton(SECURITY, async (member) =>
    whereTo(await removePasskey(memberDatabase(), member, passkeyId), 'passkey_gone'),
  )
}

export async function disconnect(formData: FormData): Promise<void> {
  const provider = z.enum(IDENTITY_PROVIDERS).safeParse(formData.get('provider'))
  await atMemberButton(SECURITY, async (member) => {
    if (!provider.success) notFound()
    return whereTo(await disconnectIdentity(memberDatabase(), member, provider.data), 'disconnected')
  })
}

function whereTo({ kind }: RemoveOutcome, done: string): string {
  switch (kind) {
    case 'removed':
      return `${SECURITY}?done=${done}`
    case 'sign_in_again':
      return signInPath(SECURITY)
    case 'second_factor':
      return secondFactorPath(SECURITY)
    case 'last_way_in':
      return `${SECURITY}?problem=last`
    case 'last_second_factor':
      return `${SECURITY}?problem=factor`
    case 'not_found':
      return notFound()
  }
}

export async function endDevice(formData: FormData): Promise<void> {
  const id = z.uuid().safeParse(formData.get('sessionId'))
  await atMemberButton(SECURITY, async (member) => {
    const outcome = id.success ? await signOutDevice(memberDatabase(), member, id.data) : null
    if (outcome?.kind !== 'signed_out') notFound()
    return `${SECURITY}?done=device`
  })
}

export async function endOtherDevices(): Promise<void> {
  await atMemberButton(SECURITY, async (member) => {
    await signOutEverywhereElse(memberDatabase(), member)
    return `${SECURITY}?done=devices`
  })
}
