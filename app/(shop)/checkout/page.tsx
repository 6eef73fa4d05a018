import type { Metadata } from 'next'
import { connection } from 'next/server'

import { DiscountCode } from '@/components/checkout/discount-code'
import { OrderSummary } from '@/components/checkout/order-summary'
import { CartCountSync } from '@/components/layout/cart-count-sync'
import { buttonClass } from '@/components/ui/button-class'
import { Container } from '@/components/ui/container'
import { PageHeading } from '@/components/ui/heading'
import { Notice } from '@/components/ui/notice'
import { getCheckoutView } from '@/lib/checkout/get-checkout-view'
import { CHECKOUT_STEPS, type CheckoutStep } from '@/lib/domain/checkout'
import { parsePaymentNotice, parseWait, PAYMENT_MESSAGES, sayWhen } from '@/lib/domain/payment-messages'

import { orderPath } from '@/lib/orders/receipt-link'
import { PayPalOrderId } from '@/lib/web/paypal-order-id'
import { readMergeNote } from '@/lib/web/merge-note-cookie'
import { readRefusal } from '@/lib/web/refused-form-cookie'

import { removeCode, submitCode } from '../cart/code-actions'
import { MergeNotice } from '../cart/merge-notice'
import { CheckoutSteps } from './checkout-steps'

export const instant = false
export const metadata: Metadata = { title: 'Checkout', robots: { index: false } }

export default async function CheckoutPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  await connection()
  const asked = await searchParams
  const outcome = await getCheckoutView()
  if (outcome.kind !== 'open') {
    const last = outcome.kind === 'cart_empty' ? outcome.lastOrderNumber : null
    return <NothingToPay reason={outcome.kind} lastOrderNumber={last} />
  }
  const { view } = outcome
  const notice = parsePaymentNotice(asked['notice'])
  const wait = notice === 'slow_down' || notice === 'slow_finish' ? parseWait(asked['wait']) : null
  const isApproved = notice === 'slow_finish' || notice === 'approved'
  const approved = isApproved ? PayPalOrderId.safeParse(asked['token']).data : undefined
  const current = currentStep(view.openStep, asked['step'])
  const mergeNote = await readMergeNote()
  const refused = asked['refused'] === '1' ? await readRefusal() : null
  return (
    <Container width="column" className="pb-20">
      <PageHeading>Checkout</PageHeading>
      <div className="grid gap-x-16 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="lg:order-2">
          <OrderSummary
            lines={view.quote.breakdown.lines}
            totals={view.quote.breakdown}
            deliveryKnown={view.quote.delivery !== null}
            taxKnown={view.quote.countryServed !== null}
          >
            <DiscountCode
              entered={view.quote.code}
              currency={view.quote.currency}
              at="checkout"
              refused={refused?.form === 'code' ? refused : null}
              enter={submitCode}
              takeAway={removeCode}
            />
          </OrderSummary>
        </div>
        <div className="min-w-0">
          {notice ? (
            <div className="mb-6">
              <Notice tone={PAYMENT_MESSAGES[notice].tone} title={PAYMENT_MESSAGES[notice].title} announce>
                {PAYMENT_MESSAGES[notice].text}
                {wait === null ? null : ` ${sayWhen(wait)}`}
                {approved === undefined ? null : (
                  <p className="mt-3">
                    <a href={`/checkout/return?token=${approved}`} className={buttonClass('secondary')}>
                      Finish the payment you have approved
                    </a>
                  </p>
                )}
              </Notice>
            </div>
          ) : null}
          {mergeNote ? (
            <div className="mb-6">
              <MergeNotice note={mergeNote} lines={view.quote.lines} />
            </div>
          ) : null}
          <CheckoutSteps view={view} current={current} refused={refused?.form === current ? refused : null} />
        </div>
      </div>
    </Container>
  )
}

const ELSEWHERE = {
  already_ordered: { notice: 'already_ordered', href: '/checkout/return', label: 'Go to the receipt' },
  cart_empty: { notice: 'cart_empty', href: '/', label: 'Look at the new works' },
  cart_unavailable: { notice: 'sold_out', href: '/cart', label: 'Go to the cart' },
} as const

/** Said in place rather than by a redirect: a streamed page can only redirect with JavaScript. */
function NothingToPay({ reason, lastOrderNumber }: { reason: keyof typeof ELSEWHERE; lastOrderNumber: string | null }) {
  const { notice, href, label } = ELSEWHERE[reason]
  const { tone, title, text } = PAYMENT_MESSAGES[notice]
  return (
    <Container width="column" className="pb-20">
      <PageHeading>Checkout</PageHeading>
      {/* Whoever has nothing in the cart after all, because its cookie was refused, may still be shown how much there was. */}
      {reason === 'cart_empty' ? <CartCountSync count={0} /> : null}
      <Notice tone={tone} title={title}>
        {text}
      </Notice>
      {lastOrderNumber === null ? null : (
        <p className="mt-6">
          You have placed the order{' '}
          <a href={orderPath(lastOrderNumber)} className="text-link">
            {lastOrderNumber}
          </a>{' '}
          here: that is its receipt.
        </p>
      )}
      <p className="mt-6">
        <a href={href} className={buttonClass('primary')}>
          {label}
        </a>
      </p>
    </Container>
  )
}

/** The step being worked on: the first open one, or an earlier one that the shopper went back to. */
function currentStep(open: CheckoutStep, asked: unknown): CheckoutStep {
  const wanted = CHECKOUT_STEPS.find((step) => step === asked)
  return wanted && CHECKOUT_STEPS.indexOf(wanted) < CHECKOUT_STEPS.indexOf(open) ? wanted : open
}
