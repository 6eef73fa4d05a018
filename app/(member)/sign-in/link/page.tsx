import type { Metadata } from 'next'
import { connection } from 'next/server'

import { FieldsForm } from '@/components/members/fields-form'
import { PlainLink } from '@/components/ui/plain-link'
import { readLink } from '@/lib/members/confirm-link'
import { isAnswerToForm, readRefusedForm } from '@/lib/web/answer-form'

import { LinkOver, MemberPage, type Asked } from '../../member-page'
import { confirmLink } from '../actions'

export const instant = false
export const metadata: Metadata = { title: 'Sign in', robots: { index: false }, referrer: 'same-origin' }

/** The link itself does nothing: programs that look into mail open links too. The button does. */
export default async function LinkPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const token = typeof asked['token'] === 'string' ? asked['token'] : ''
  const link = await readLink(token, ['sign_in'])
  if (!link && !(await isAnswerToForm())) {
    return (
      <MemberPage title="Sign in">
        <LinkOver>
          It has been used, or more than 15 minutes have passed.{' '}
          <PlainLink href="/sign-in" className="text-link">
            Have another one sent
          </PlainLink>
        </LinkOver>
      </MemberPage>
    )
  }
  return (
    <MemberPage title="Sign in" lead={link ? `As ${link.email}.` : 'One moment…'}>
      <FieldsForm
        id="confirm"
        action={confirmLink}
        refused={await readRefusedForm('confirm', asked['refused'])}
        hidden={{ token }}
        fields={[]}
        submit="Sign in"
        pending="Signing in…"
      />
    </MemberPage>
  )
}
