import type { Metadata } from 'next'
import { connection } from 'next/server'

import { FieldsForm } from '@/components/members/fields-form'
import { PlainLink } from '@/components/ui/plain-link'
import { parseReturnPath } from '@/lib/domain/return-path'
import { readRefusedForm } from '@/lib/web/answer-form'

import { MemberPage, type Asked } from '../member-page'
import { openAccount } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'Open an account', robots: { index: false } }

export default async function RegisterPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const to = parseReturnPath(asked['to'])
  return (
    <MemberPage
      title="Open an account"
      lead={
        <>
          Your orders in one place, your addresses at checkout, one cart on all devices. Have one already?{' '}
          <PlainLink href={`/sign-in?to=${encodeURIComponent(to)}`} className="text-link">
            Sign in
          </PlainLink>
        </>
      }
    >
      <FieldsForm
        id="register"
        action={openAccount}
        refused={await readRefusedForm('register', asked['refused'])}
        hidden={{ to }}
        fields={[
          { kind: 'text', name: 'name', label: 'Name', optional: true, autoComplete: 'name', maxLength: 120 },
          {
            kind: 'email',
            name: 'email',
            label: 'E-mail',
            hint: 'We send you a link to show that it is yours. You choose a password there, or none.',
            autoComplete: 'email',
          },
        ]}
        submit="Open an account"
        pending="Sending…"
      />
    </MemberPage>
  )
}
