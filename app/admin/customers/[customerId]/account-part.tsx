import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import type { StepState } from '@/components/checkout/step-state'

import { switchMember } from './actions'

/** Ends a member's sessions, closes the account, or opens it again. */
export function AccountPart({
  memberId,
  isDisabled,
  sessions,
  refused,
}: {
  memberId: string
  isDisabled: boolean
  sessions: number
  refused: StepState | null
}) {
  const form = (what: 'disabled' | 'enabled' | 'signed_out', submit: string, look: 'plain' | 'danger') => (
    <ActForm
      key={what}
      id={what}
      action={switchMember}
      refused={refused}
      hidden={{ memberId, what }}
      fields={[]}
      submit={submit}
      pending="A moment…"
      look={look}
    />
  )
  return (
    <Panel id="account" title="Account">
      <p className="mb-4 text-xs text-ink-soft">
        {isDisabled
          ? 'It is closed: nothing opens it. Orders go on, and mail about them is sent.'
          : 'Closed, every session ends at once and nothing opens it. Orders go on, and mail about them is sent.'}
      </p>
      <div className="flex flex-wrap gap-3">
        {sessions > 0 ? form('signed_out', 'End all sessions', 'plain') : null}
        {isDisabled ? form('enabled', 'Open it again', 'plain') : form('disabled', 'Close the account', 'danger')}
      </div>
    </Panel>
  )
}
