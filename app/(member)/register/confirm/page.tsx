import type { Metadata } from 'next'
import { connection } from 'next/server'

import { FieldsForm } from '@/components/members/fields-form'
import { PlainLink } from '@/components/ui/plain-link'
import { PASSWORD_MIN } from '@/lib/domain/password'
import { readLink } from '@/lib/members/confirm-link'
import { whatIsKnown } from '@/lib/members/judge-password'
import { memberDatabase } from '@/lib/members/member-services'
import { isAnswerToForm, readRefusedForm } from '@/lib/web/answer-form'

import { LinkOver, MemberPage, type Asked } from '../../member-page'
import { confirmAccount } from '../actions'

export const instant = false
export const metadata: Metadata = { title: 'Confirm your address', robots: { index: false }, referrer: 'same-origin' }

export default async function ConfirmPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const token = typeof asked['token'] === 'string' ? asked['token'] : ''
  const link = await readLink(token, ['register'])
  if (!link && !(await isAnswerToForm())) {
    return (
      <MemberPage title="Confirm your address">
        <LinkOver>
          It has been used, or an hour has passed.{' '}
          <PlainLink href="/register" className="text-link">
            Begin again
          </PlainLink>
        </LinkOver>
      </MemberPage>
    )
  }
  return (
    <MemberPage
      title="Confirm your address"
      lead={link ? `${link.email} is yours: you have opened our mail.` : 'One moment…'}
    >
      <FieldsForm
        id="confirm"
        action={confirmAccount}
        refused={await readRefusedForm('confirm', asked['refused'])}
        hidden={{ token }}
        fields={[
          {
            kind: 'text',
            name: 'name',
            label: 'Name',
            optional: true,
            autoComplete: 'name',
            maxLength: 120,
            value: link?.name ?? '',
          },
          {
            kind: 'new-password',
            name: 'password',
            label: 'Password',
            optional: true,
            known: await whatIsKnown(memberDatabase(), link ? [link.email, link.name] : []),
            hint: `At least ${PASSWORD_MIN} characters; a few words are best. Leave it empty to sign in by mailed links or, later, a passkey.`,
          },
        ]}
        submit="Confirm and sign in"
        pending="Opening your account…"
      />
    </MemberPage>
  )
}
