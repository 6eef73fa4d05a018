import type { Metadata } from 'next'

import { NotFoundText } from '@/components/layout/not-found-text'

export const metadata: Metadata = { title: 'Not found' }

/** For addresses outside every route. It is made while building, when the shop has no name yet, so it has no frame. */
export default function NotFound() {
  return (
    <main>
      <NotFoundText />
    </main>
  )
}
