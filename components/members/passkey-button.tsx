'use client'

import { useState, type ReactNode } from 'react'

import { buttonClass } from '@/components/ui/button-class'
import { Notice } from '@/components/ui/notice'

/** Starts a conversation with a passkey; what comes of it is said above the button. Needs JavaScript: so do passkeys. */
export function PasskeyButton({ talk, children }: { talk: () => Promise<string | null>; children: ReactNode }) {
  const [busy, setBusy] = useState(false)
  const [message, setMessage] = useState<string | null>(null)
  async function start() {
    setBusy(true)
    setMessage(null)
    const problem = await talk().catch(() => 'The shop did not answer. Check your connection and try again.')
    setMessage(problem)
    setBusy(problem === null)
  }
  return (
    <div className="noscript:hidden">
      {message ? (
        <div className="mb-3">
          <Notice tone="warning" announce>
            {message}
          </Notice>
        </div>
      ) : null}
      <button
        type="button"
        aria-disabled={busy || undefined}
        onClick={() => (busy ? undefined : void start())}
        className={buttonClass('secondary', 'w-full')}
      >
        {busy ? 'Waiting for your passkey…' : children}
      </button>
    </div>
  )
}
