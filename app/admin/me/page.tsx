import type { Metadata } from 'next'
import { connection } from 'next/server'

import { Panel } from '@/components/admin/panel'
import { PlainLink } from '@/components/ui/plain-link'
import { countOwnRecoveryCodes } from '@/lib/admin/staff-member'
import { RECOVERY_CODES } from '@/lib/domain/staff'
import { requireAdmin, requireStaff } from '@/lib/web/current-admin'
import { secondFactorPath } from '@/lib/web/factor-wanted'

import { AdminPage } from '../admin-page'
import { CodesForm } from './codes-form'

export const instant = false
export const metadata: Metadata = { title: 'My second factor' }

const HERE = '/admin/me'

export default async function MePage() {
  await connection()
  const admin = await requireAdmin('desk.open', HERE)
  const person = await requireStaff()
  const { hasTotp, passkeys } = person.factors
  const left = await countOwnRecoveryCodes(person)
  return (
    <AdminPage admin={admin} here={null} title="My second factor">
      <div className="max-w-2xl space-y-6">
        <Panel id="authenticator" title="Authenticator">
          <p className="mb-3 text-ink-soft">
            {hasTotp
              ? 'You have one. With another one this one opens nothing any more, and your recovery codes are new.'
              : 'You have none. With one you can come in without your passkey.'}
          </p>
          <a
            href={`/admin/second-factor/set-up?change=1&to=${encodeURIComponent(HERE)}`}
            className="desk-button"
            data-look="plain"
          >
            {hasTotp ? 'Change the authenticator' : 'Set up an authenticator'}
          </a>
        </Panel>
        {hasTotp ? (
          <Panel id="codes" title="Recovery codes">
            <p className="mb-3 text-ink-soft">
              {left} of {RECOVERY_CODES} are left. New ones take the place of all before.
            </p>
            <CodesForm confirm={secondFactorPath(HERE)} here={HERE} />
          </Panel>
        ) : null}
        <Panel id="passkeys" title="Passkeys">
          <p className="text-ink-soft">
            {passkeys === 0
              ? 'None of yours opens /admin. '
              : `${passkeys} of yours ${passkeys === 1 ? 'opens' : 'open'} /admin. `}
            You add and remove them in{' '}
            <PlainLink href="/account/security" className="text-link">
              your account
            </PlainLink>
            .
          </p>
        </Panel>
      </div>
    </AdminPage>
  )
}
