'use client'

import { useActionState, useEffect } from 'react'

import { RecoveryCodes } from '@/components/admin/recovery-codes'
import { Notice } from '@/components/ui/notice'

import { renewCodes, type CodesState } from './actions'

const IDLE: CodesState = { kind: 'idle' }

/** New recovery codes in the place of those before. `confirm`: where a second factor is given. */
export function CodesForm({ confirm, here }: { confirm: string; here: string }) {
  const [state, submit, pending] = useActionState(renewCodes, IDLE)
  const isLeaving = state.kind === 'step_up'
  useEffect(() => {
    if (isLeaving) window.location.assign(confirm)
  }, [isLeaving, confirm])
  if (state.kind === 'done') {
    return <RecoveryCodes title="Your recovery codes are new" codes={state.recoveryCodes} to={here} />
  }
  return (
    <form action={submit} className="space-y-3">
      {state.kind === 'refused' ? (
        <Notice tone="danger" announce>
          {state.message}
        </Notice>
      ) : null}
      {isLeaving ? (
        <p>
          <a href={confirm} className="text-link">
            Confirm that it is you
          </a>
          , then ask for them again.
        </p>
      ) : null}
      <button type="submit" className="desk-button" data-look="plain" aria-disabled={pending || undefined}>
        {pending ? 'Making…' : 'Make new recovery codes'}
      </button>
    </form>
  )
}
