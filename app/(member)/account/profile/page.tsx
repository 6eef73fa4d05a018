import type { Metadata } from 'next'
import { connection } from 'next/server'

import { FieldsForm } from '@/components/members/fields-form'
import { getProfile } from '@/lib/members/account'
import { memberDatabase } from '@/lib/members/member-services'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireMember } from '@/lib/web/current-member'

import { AccountPage, Part, type Asked } from '../account-page'
import { changeEmail, saveChoices, saveName } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'Profile', robots: { index: false } }

export default async function ProfilePage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const member = await requireMember('/account/profile')
  const profile = await getProfile(memberDatabase(), member)
  const refused = (form: string) => readRefusedForm(form, asked['refused'])
  return (
    <AccountPage here="/account/profile" title="Profile" done={asked['done']}>
      <Part id="name-part" title="Name">
        <FieldsForm
          id="name"
          action={saveName}
          refused={await refused('name')}
          fields={[
            {
              kind: 'text',
              name: 'name',
              label: 'What we call you',
              optional: true,
              autoComplete: 'name',
              maxLength: 120,
              value: profile.name,
            },
          ]}
          submit="Save the name"
          pending="Saving…"
          look="secondary"
        />
      </Part>
      <Part
        id="email-part"
        title="E-mail"
        lead={`Now it is ${profile.email}. We ask the new address first, and tell both once it is changed.`}
      >
        <FieldsForm
          id="email"
          action={changeEmail}
          refused={await refused('email')}
          fields={[{ kind: 'email', name: 'email', label: 'New e-mail', autoComplete: 'email' }]}
          submit="Change the address"
          pending="Sending…"
          look="secondary"
        />
      </Part>
      <Part id="choices-part" title="What we may mail you" lead="Mail about your orders comes in any case.">
        <FieldsForm
          id="choices"
          action={saveChoices}
          refused={await refused('choices')}
          fields={[
            {
              kind: 'checkbox',
              name: 'wantsNewDeviceMail',
              label: 'A device I have not used before signs in',
              value: profile.wantsNewDeviceMail ? '1' : '',
            },
            {
              kind: 'checkbox',
              name: 'wantsNews',
              label: 'New works, a few times a year',
              value: profile.wantsNews ? '1' : '',
            },
          ]}
          submit="Save the choices"
          pending="Saving…"
          look="secondary"
        />
      </Part>
    </AccountPage>
  )
}
