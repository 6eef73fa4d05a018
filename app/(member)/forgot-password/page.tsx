import type { Metadata } from 'next'
import { connection } from 'next/server'

import { FieldsForm } from '@/components/members/fields-form'
import { parseReturnPath } from '@/lib/domain/return-path'
import { readRefusedForm } from '@/lib/web/answer-form'

import { MemberPage, type Asked } from '../member-page'
import { mailPasswordLink } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'Forgot the password', robots: { index: false } }

export default async function ForgotPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  return (
    <MemberPage
      title="Forgot the password"
      lead="We send you a link to set a new one. It works once, for half an hour."
    >
      <FieldsForm
        id="forgot"
        action={mailPasswordLink}
        refused={await readRefusedForm('forgot', asked['refused'])}
        hidden={{ to: parseReturnPath(asked['to']) }}
        fields={[{ kind: 'email', name: 'email', label: 'E-mail', autoComplete: 'email' }]}
        submit="Mail me a link"
        pending="Sending…"
      />
    </MemberPage>
  )
}
