import type { Metadata } from 'next'
import { connection } from 'next/server'

import { FieldsForm } from '@/components/members/fields-form'
import { PlainLink } from '@/components/ui/plain-link'
import { PASSWORD_MIN } from '@/lib/domain/password'
import { readLink } from '@/lib/members/confirm-link'
import { whatIsKnown } from '@/lib/members/judge-password'
import { memberDatabase } from '@/lib/members/member-services'
import { isAnswerToForm, readRefusedForm } from '@/lib/web/answer-form'

import { LinkOver, MemberPage, type Asked } from '../member-page'
import { setNewPassword } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'Set a new password', robots: { index: false }, referrer: 'same-origin' }

export default async function ResetPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const token = typeof asked['token'] === 'string' ? asked['token'] : ''
  const link = await readLink(token, ['password_reset'])
  if (!link && !(await isAnswerToForm())) {
    return (
      <MemberPage title="Set a new password">
        <LinkOver>
          It has been used, or half an hour has passed.{' '}
          <PlainLink href="/forgot-password" className="text-link">
            Have another one sent
          </PlainLink>
        </LinkOver>
      </MemberPage>
    )
  }
  return (
    <MemberPage
      title="Set a new password"
      lead={link ? `For ${link.email}. Every device is signed out by it, but this one.` : 'One moment…'}
    >
      <FieldsForm
        id="reset"
        action={setNewPassword}
        refused={await readRefusedForm('reset', asked['refused'])}
        hidden={{ token }}
        fields={[
          {
            kind: 'new-password',
            name: 'password',
            label: 'New password',
            known: await whatIsKnown(memberDatabase(), link ? [link.email, link.name] : []),
            hint: `At least ${PASSWORD_MIN} characters; a few words are best.`,
          },
        ]}
        submit="Set the password"
        pending="Setting…"
      />
    </MemberPage>
  )
}
