'use client'

import { buttonClass } from '@/components/ui/button-class'
import { Container } from '@/components/ui/container'

/** Says that it is our fault and that nothing is lost. The digest leads to the log line. */
export function ErrorText({ digest, onRetry }: { digest: string | undefined; onRetry: () => void }) {
  return (
    <Container>
      <div className="not-found" role="alert">
        <p className="eyebrow">Our fault</p>
        <h1 className="text-2xl">This page could not be made</h1>
        <p>
          Your cart is safe, and if you were paying, so is your payment: it is finished or given back by itself. Try
          again in a moment.
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
