'use client'

import { ErrorText } from '@/components/layout/error-text'

import { fontClass } from './fonts'
import './globals.css'

/** Stands in for the whole document when even the outermost layout failed. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en" className={fontClass}>
      <body>
        <title>Something went wrong</title>
        <main>
          <ErrorText error={error} onRetry={reset} />
        </main>
      </body>
    </html>
  )
}
