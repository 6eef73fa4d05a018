import { ButtonForm } from '@/components/members/button-form'
import { SubmitButton } from '@/components/ui/submit-button'
import type { IdentityProvider } from '@/lib/domain/member'
import { listProviders } from '@/lib/members/providers'

import { Part } from '../account-page'
import { disconnect } from './actions'

/** Accounts elsewhere that open this one. Absent where none is configured. */
export function Providers({ connected }: { connected: readonly { provider: IdentityProvider; email: string }[] }) {
  const offered = listProviders()
  if (offered.length === 0) return null
  return (
    <Part id="providers" title="Accounts elsewhere">
      <ul className="divide-y divide-rule border-t border-rule">
        {offered.map(({ id, name }) => {
          const identity = connected.find(({ provider }) => provider === id)
          return (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 py-2">
              <span className="min-w-0 break-words">
                {name}
                {identity ? <span className="block text-sm text-ink-soft">{identity.email}</span> : null}
              </span>
              {identity ? (
                <ButtonForm action={disconnect} hidden={{ provider: id }} pending="Disconnecting…">
                  Disconnect<span className="sr-only"> {name}</span>
                </ButtonForm>
              ) : (
                <form method="post" action={`/sign-in/with/${id}`}>
                  <input type="hidden" name="to" value="/account/security" />
                  <input type="hidden" name="connect" value="1" />
                  <SubmitButton look="quiet" pendingLabel={`Going to ${name}…`}>
                    Connect<span className="sr-only"> {name}</span>
                  </SubmitButton>
                </form>
              )}
            </li>
          )
        })}
      </ul>
    </Part>
  )
}
