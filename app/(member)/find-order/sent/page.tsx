import type { Metadata } from 'next'
import { connection } from 'next/server'
import { PlainLink } from '@/components/ui/plain-link'

import { MemberPage } from '../../member-page'

export const instant = false
export const metadata: Metadata = { title: 'Look into your mail', robots: { index: false } }

/** The same for every number and address: it does not tell whether there is such an order. */
export default async function SentPage() {
  // Made per request, as the content policy with its nonce is.
  await connection()
  return (
    <MemberPage title="Look into your mail">
      <p className="text-lg">If number and address belong together, a link to the order is on its way.</p>
      <p className="mt-4 text-base text-ink-soft">
        Nothing there after a few minutes? Look among unwanted mail, and{' '}
        <PlainLink href="/find-order" className="text-link">
          check both for a slip
        </PlainLink>
        .
      </p>
    </MemberPage>
  )
}
