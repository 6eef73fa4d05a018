'use client'

import { ErrorText } from '@/components/layout/error-text'

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main>
      <ErrorText error={error} onRetry={reset} />
    </main>
  )
}
