import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { buttonClass } from '@/components/ui/button-class'
import { Container } from '@/components/ui/container'
import { PageHeading } from '@/components/ui/heading'
import { PAYMENT_MESSAGES } from '@/lib/domain/payment-messages'
import { readOwnPayment } from '@/lib/web/read-own-payment'
import { waitPath } from '@/lib/web/wait-path'

export const instant = false
export const metadata: Metadata = { title: 'Finishing your order', robots: { index: false } }

const ASK_AGAIN_SECONDS = 4

/** For a payment without a definite answer yet. Reloads itself, with or without JavaScript, until there is one. */
export default async function WaitPage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  await connection()
  const { token } = await searchParams
  const outcome = await readOwnPayment(token)
  if (outcome.kind === 'not_found' || typeof token !== 'string') notFound()
  if (outcome.kind !== 'unknown' && outcome.kind !== 'pending') return <Decided token={token} />
  const { title, text } = PAYMENT_MESSAGES[outcome.kind]
  return (
    <Container width="text" className="pb-24">
      {outcome.kind === 'unknown' ? <meta httpEquiv="refresh" content={String(ASK_AGAIN_SECONDS)} /> : null}
      <PageHeading>{title}</PageHeading>
      <p className="text-lg">{text}</p>
      <p className="mt-4 text-base text-ink-soft">
        {outcome.kind === 'unknown'
          ? 'This page asks again every few seconds and shows the receipt as soon as it is there.'
          : 'Come back to this page whenever you like; it shows the receipt once PayPal has decided. You can go on shopping meanwhile: what you put into the cart now is an order of its own.'}
      </p>
      <p className="mt-6">
        <a href={waitPath(token)} className={buttonClass('secondary')}>
          Ask again now
        </a>
      </p>
    </Container>
  )
}

/** The return address runs the same finish again and knows where to go from there. */
function Decided({ token }: { token: string }) {
  const href = `/checkout/return?token=${token}`
  return (
    <Container width="text" className="pb-24">
      <meta httpEquiv="refresh" content={`0; url=${href}`} />
      <PageHeading>PayPal has answered</PageHeading>
      <a href={href} className={buttonClass('primary')}>
        See what became of your payment
      </a>
    </Container>
  )
}
