import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { ActForm } from '@/components/admin/act-form'
import { readInvitation } from '@/lib/admin/invite-staff'
import { ROLE_NAMES, ROLE_TEXTS } from '@/lib/domain/staff'
import { isAnswerToForm, readRefusedForm } from '@/lib/web/answer-form'

import type { Asked } from '../admin-page'
import { PlainPage } from '../plain-page'
import { acceptInvitation } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'Join', referrer: 'same-origin' }

/** The link itself does nothing: programs that look into mail open links too. The button does. */
export default async function JoinPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const key = typeof asked['key'] === 'string' ? asked['key'] : ''
  const invitation = await readInvitation(key)
  // A sign-in draws the page anew in the same answer, and by then the invitation is used up.
  if (!invitation && !(await isAnswerToForm())) notFound()
  return (
    <PlainPage
      title="Work here"
      lead={
        invitation
          ? `As ${invitation.email}: ${ROLE_NAMES[invitation.role]}. ${ROLE_TEXTS[invitation.role]}`
          : 'One moment…'
      }
    >
      <ActForm
        id="join"
        action={acceptInvitation}
        refused={await readRefusedForm('join', asked['refused'])}
        hidden={{ key }}
        fields={[]}
        submit="Accept the invitation"
        pending="A moment…"
      />
      <p className="text-xs text-ink-soft">You are signed in by it, and set up a second factor next.</p>
    </PlainPage>
  )
}
