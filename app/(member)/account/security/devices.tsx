import { ButtonForm } from '@/components/members/button-form'
import type { SessionMethod } from '@/lib/domain/member'
import { networkText } from '@/lib/domain/network'
import { listDevices } from '@/lib/members/devices'
import type { Member } from '@/lib/members/member'
import { memberDatabase } from '@/lib/members/member-services'

import { Part } from '../account-page'
import { endDevice, endOtherDevices } from './actions'

const TIME = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })

const METHODS: Readonly<Record<SessionMethod, string>> = {
  link: 'by e-mail',
  password: 'with the password',
  passkey: 'with a passkey',
  google: 'with Google',
  github: 'with GitHub',
  oidc: 'with another account',
}

/** Where the member is signed in, and the way to end it. */
export async function Devices({ member }: { member: Member }) {
  const devices = await listDevices(memberDatabase(), member)
  return (
    <Part id="devices" title="Signed in here" lead="Do you not recognise one? Sign it out and change your password.">
      <ul className="divide-y divide-rule border-y border-rule">
        {devices.map(({ id, device, network, method, createdAt, lastUsedAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 py-3">
            <span className="min-w-0 flex-1 basis-64">
              {device}
              {id === member.sessionId ? <span className="ms-2 text-sm text-positive">✓ This one</span> : null}
              <span className="num block text-sm break-words text-ink-soft">
                Since {TIME.format(createdAt)} {METHODS[method]}, last used {TIME.format(lastUsedAt)} UTC
                {network ? `, from ${networkText(network)}` : ''}
              </span>
            </span>
            {id === member.sessionId ? null : (
              <ButtonForm action={endDevice} hidden={{ sessionId: id }} pending="Signing out…">
                Sign out<span className="sr-only"> {device}</span>
              </ButtonForm>
            )}
          </li>
        ))}
      </ul>
      {devices.length > 1 ? (
        <div className="mt-4">
          <ButtonForm action={endOtherDevices} look="secondary" pending="Signing out…">
            Sign out everywhere else
          </ButtonForm>
        </div>
      ) : null}
    </Part>
  )
}
