'use client'

import { useActionState } from 'react'

import { RecoveryCodes } from '@/components/admin/recovery-codes'

import { finishSetUp, type SetUpState } from './actions'

const IDLE: SetUpState = { kind: 'idle' }

/** The first code, and then the recovery codes: they are shown here once. Needs script, as the codes are kept nowhere. */
export function SetUpForm({ to }: { to: string }) {
  const [state, submit, pending] = useActionState(finishSetUp, IDLE)
  if (state.kind === 'done') {
    return <RecoveryCodes title="Your second factor is set up" codes={state.recoveryCodes} to={to} />
  }
  const message = state.kind === 'refused' ? state.message : null
  return (
    <form action={submit} className="space-y-3">
      <label htmlFor="first-code" className="block text-xs font-medium">
        Code from your authenticator
      </label>
      <input
        id="first-code"
        name="code"
        required
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={8}
        aria-invalid={message ? true : undefined}
        aria-describedby={message ? 'first-code-error' : undefined}
        className="desk-field block w-full"
      />
      {message ? (
        <p id="first-code-error" role="alert" className="text-xs text-danger">
          {message}
        </p>
      ) : null}
      <button type="submit" className="desk-button" data-look="primary" aria-disabled={pending || undefined}>
        {pending ? 'Checking…' : 'Go on'}
      </button>
    </form>
  )
}
