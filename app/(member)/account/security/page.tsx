import type { Metadata } from 'next'
import { connection } from 'next/server'

import { ButtonForm } from '@/components/members/button-form'
import { FieldsForm } from '@/components/members/fields-form'
import { PasskeyAdd } from '@/components/members/passkey-add'
import { Notice } from '@/components/ui/notice'
import { PlainLink } from '@/components/ui/plain-link'
import { FRESH_MINUTES } from '@/lib/domain/member'
import { getKeyRing, getProfile } from '@/lib/members/account'
import { whatIsKnown } from '@/lib/members/judge-password'
import { memberDatabase } from '@/lib/members/member-services'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireMember, signInPath } from '@/lib/web/current-member'

import { beginPasskeyCreation, finishPasskeyCreation } from '../../passkey-actions'
import { AccountPage, Part, type Asked } from '../account-page'
import { dropPasskey, dropPassword, savePassword } from './actions'
import { Devices } from './devices'
import { Providers } from './providers'

export const instant = false
export const metadata: Metadata = { title: 'Sign-in and devices', robots: { index: false } }

const DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' })

export default async function SecurityPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const member = await requireMember('/account/security')
  const db = memberDatabase()
  const { hasPassword, email, name } = await getProfile(db, member)
  const { passkeys, identities } = await getKeyRing(db, member)
  return (
    <AccountPage here="/account/security" title="Sign-in and devices" done={asked['done']}>
      <div className="space-y-4 pb-6">
        {asked['problem'] === 'last' ? (
          <Notice tone="warning" title="That is the only way into your account" announce>
            Add another one first.
          </Notice>
        ) : null}
        {asked['problem'] === 'factor' ? (
          <Notice tone="warning" title="That is your only second factor for /admin" announce>
            Add another passkey or an authenticator first.
          </Notice>
        ) : null}
        {member.fresh ? null : (
          <Notice title="Changes here ask who you are">
            You signed in more than {FRESH_MINUTES} minutes ago.{' '}
            <PlainLink href={signInPath('/account/security')} className="text-link">
              Sign in again
            </PlainLink>{' '}
            to change something.
          </Notice>
        )}
      </div>
      <Part
        id="password-part"
        title="Password"
        lead={hasPassword ? 'A new one signs out every other device.' : 'You sign in without one. You can set one.'}
      >
        <FieldsForm
          id="password"
          action={savePassword}
          refused={await readRefusedForm('password', asked['refused'])}
          fields={[
            {
              kind: 'new-password',
              name: 'password',
              label: 'New password',
              known: await whatIsKnown(db, [email, name]),
            },
          ]}
          submit={hasPassword ? 'Change the password' : 'Set a password'}
          pending="Saving…"
          look="secondary"
        />
        {hasPassword ? (
          <div className="mt-3">
            <ButtonForm action={dropPassword} pending="Removing…">
              Remove the password
            </ButtonForm>
          </div>
        ) : null}
      </Part>
      <Part
        id="passkeys"
        title="Passkeys"
        lead="Your fingerprint, face or a key instead of a password. Nobody can phish one."
      >
        {passkeys.length > 0 ? (
          <ul className="mb-4 divide-y divide-rule border-y border-rule">
            {passkeys.map(({ id, label, isSecondFactor, createdAt, lastUsedAt }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 py-2">
                <span>
                  {label}
                  <span className="block text-sm text-ink-soft">
                    Added {DATE.format(createdAt)},{' '}
                    {lastUsedAt ? `last used ${DATE.format(lastUsedAt)}` : 'not used yet'}
                    {isSecondFactor ? '. Opens /admin as well' : ''}
                  </span>
                </span>
                <ButtonForm action={dropPasskey} hidden={{ passkeyId: id }} pending="Removing…">
                  Remove<span className="sr-only"> the passkey of {label}</span>
                </ButtonForm>
              </li>
            ))}
          </ul>
        ) : null}
        <div className="max-w-md">
          <PasskeyAdd begin={beginPasskeyCreation} finish={finishPasskeyCreation} />
        </div>
      </Part>
      <Providers connected={identities} />
      <Devices member={member} />
    </AccountPage>
  )
}
