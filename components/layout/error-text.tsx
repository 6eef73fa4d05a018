'use client'

import { Button } from '@/components/ui/button'
import { Container } from '@/components/ui/container'

/** Says that it is our fault and that nothing is lost. The digest leads to the log line. */
export function ErrorText({ digest, onRetry }: { digest: string | undefined; onRetry: () => void }) {
  return (
    <Container>
      <div className="not-found" role="alert">
        <p className="eyebrow">Our fault</p>
        <h1 className="text-2xl">This page could not be made</h1>
        <p>
          Your cart is safe, and if you were paying, so is your payment: it is finished or given back by itself. Try again
          in a moment.
        </p>
        <Button look="secondary" onClick={onRetry}>
          Try again
        </Button>
        {digest ? <p className="eyebrow num">Reference {digest}</p> : null}
      </div>
    </Container>
  )
}
