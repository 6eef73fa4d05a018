import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import type { Invitation } from '@/lib/admin/invite-staff'
import { ROLE_NAMES } from '@/lib/domain/staff'
import type { FormState } from '@/lib/web/answer-form'

import { withdraw } from './actions'

/** Who could still come in by a mail that is under way, and the way to stop them. */
export function InvitationsPart({
  invitations,
  refused,
}: {
  invitations: readonly Invitation[]
  refused: FormState | null
}) {
  // What was refused is said also when there is nothing left to withdraw.
  if (invitations.length === 0 && !refused) return null
  return (
    <Panel id="invitations" title="Open invitations">
      {refused ? <p className="mb-3 text-danger">{refused.errors['form']}</p> : null}
      <ul className="divide-y divide-rule">
        {invitations.map(({ email, role, expiresAt, invitedBy }) => (
          <li key={email} className="flex flex-wrap items-center justify-between gap-3 py-3 first:pt-0 last:pb-0">
            <p className="min-w-0 break-words">
              <span className="font-medium">{email}</span>
              <span className="block text-xs text-ink-soft">
                {ROLE_NAMES[role]}, invited by {invitedBy ?? 'somebody who has no account any more'}. Ends{' '}
                <Time at={expiresAt} />.
              </span>
            </p>
            <ActForm
              id={`withdraw-${email}`}
              action={withdraw}
              refused={null}
              hidden={{ email }}
              fields={[]}
              submit="Withdraw"
              submitLabel={`Withdraw the invitation of ${email}`}
              pending="A moment…"
              look="danger"
            />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
