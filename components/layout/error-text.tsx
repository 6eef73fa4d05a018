'use client'

import { buttonClass } from '@/components/ui/button-class'
import { Container } from '@/components/ui/container'

/** Says whose fault it is and that nothing is lost. The digest leads to the log line. */
export function ErrorText({ error, onRetry }: { error: Error & { digest?: string }; onRetry: () => void }) {
  const { digest } = error
  // What browsers throw when a request gets no answer; what the server throws has a digest.
  const isOffline = digest === undefined && /fetch|network|load failed/i.test(error.message)
  return (
    <Container>
      <div className="not-found" role="alert">
        <p className="eyebrow">{isOffline ? 'No connection' : 'Our fault'}</p>
        <h1 className="text-2xl">{isOffline ? 'The shop did not answer' : 'This page could not be made'}</h1>
        <p>
          {isOffline ? 'Check your connection. ' : ''}Your cart is safe, and if you were paying, so is your payment: it
          is finished or given back by itself. Try again in a moment.
        </p>
        {/* Not the Button component: with it every page would carry the link code a second and a third time. */}
        <button type="button" className={buttonClass('secondary')} onClick={onRetry}>
          Try again
        </button>
        {digest ? <p className="eyebrow num">Reference {digest}</p> : null}
      </div>
    </Container>
  )
}
