import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { connection } from 'next/server'

import { ActForm } from '@/components/admin/act-form'
import { PlainLink } from '@/components/ui/plain-link'
import { parseReturnPath } from '@/lib/domain/return-path'
import { PasskeySignIn } from '@/components/members/passkey-sign-in'
import { isStepUpFresh } from '@/lib/domain/staff'
import { countOwnRecoveryCodes } from '@/lib/admin/staff-member'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireStaff } from '@/lib/web/current-admin'
import { secondFactorPath } from '@/lib/web/factor-wanted'

import type { Asked } from '../admin-page'
import { PlainPage } from '../plain-page'
import { confirmItIsYou } from './actions'
import { askForOwnPasskey, giveOwnPasskey } from './passkey-actions'

export const instant = false
export const metadata: Metadata = { title: 'Confirm that it is you' }

export default async function SecondFactorPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const to = parseReturnPath(asked['to'], '/admin')
  const person = await requireStaff()
  if (!person.isSetUp) redirect(secondFactorPath(to, false))
  if (asked['given'] === '1' && isStepUpFresh(person)) return <GivenPage />
  const { hasTotp, passkeys } = person.factors
  const left = await countOwnRecoveryCodes(person)
  return (
    <PlainPage title="Confirm that it is you" lead={`You are signed in as ${person.email}.`}>
      {hasTotp ? (
        <ActForm
          id="factor"
          action={confirmItIsYou}
          refused={await readRefusedForm('factor', asked['refused'])}
          hidden={{ to }}
          fields={[
            {
              kind: 'text',
              name: 'code',
              label: 'Code from your authenticator',
              hint: `Six digits. Or one of your recovery codes; ${left} ${left === 1 ? 'is' : 'are'} left.`,
              autoComplete: 'one-time-code',
              maxLength: 20,
            },
          ]}
          submit="Go on"
          pending="Checking…"
        />
      ) : null}
      {passkeys > 0 ? (
        <PasskeySignIn to={to} begin={askForOwnPasskey} finish={giveOwnPasskey}>
          Use a passkey
        </PasskeySignIn>
      ) : null}
      <p className="text-xs text-ink-soft">
        {passkeys > 0 ? 'A passkey needs JavaScript. ' : ''}
        Lost what you had? An owner of the shop can take your second factor away, and whoever runs the server can do it
        for the last owner.
      </p>
    </PlainPage>
  )
}

/** At the end of a tab that was opened beside a form. */
function GivenPage() {
  return (
    <PlainPage
      title="You have confirmed that it is you"
      lead="Go back to the tab with your form, where everything is as you left it, and send it again. You can close this one."
    >
      <PlainLink href="/admin" className="text-link">
        Or go to today’s page
      </PlainLink>
    </PlainPage>
  )
}
