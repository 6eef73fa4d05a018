import type { Metadata } from 'next'
import { connection } from 'next/server'
import { PlainLink } from '@/components/ui/plain-link'

import { MemberPage } from '../../member-page'

export const instant = false
export const metadata: Metadata = { title: 'Look into your mail', robots: { index: false } }

/** The same for every address: it does not tell whether there is an account. */
export default async function SentPage() {
  // Made per request, as the content policy with its nonce is.
  await connection()
  return (
    <MemberPage title="Look into your mail">
      <p className="text-lg">We have sent you a link. It works once, and not for long.</p>
      <p className="mt-4 text-base text-ink-soft">
        Nothing there after a few minutes? Look among unwanted mail, and check the address for a slip.{' '}
        <PlainLink href="/sign-in" className="text-link">
          Try again
        </PlainLink>
      </p>
    </MemberPage>
  )
}
