import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'

import { NotFoundText } from './not-found-text'

export const NOT_FOUND_METADATA: Metadata = { title: 'Not found' }

/**
 * For static pages instead of `notFound()` alone, which leaves the page blank until scripts have run: what is around the
 * boundary and its fallback are kept in the markup, and the error inside it still makes the status 404.
 */
export function NotFoundPage() {
  return (
    <Suspense fallback={<NotFoundText />}>
      <Missing />
    </Suspense>
  )
}

function Missing(): never {
  notFound()
}
