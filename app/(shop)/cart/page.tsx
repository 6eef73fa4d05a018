import type { Metadata } from 'next'
import Link from 'next/link'
import { connection } from 'next/server'

import { FitToStockForm } from '@/components/cart/fit-to-stock-form'
import { LineQuantityForm } from '@/components/cart/line-quantity-form'
import { LineSummary } from '@/components/cart/line-summary'
import { Totals } from '@/components/cart/totals'
import { ButtonLink } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { Container } from '@/components/ui/container'
import { PageHeading } from '@/components/ui/heading'
import { Notice } from '@/components/ui/notice'
import { getCartView, type CartView } from '@/lib/cart/get-cart-view'
import { LINE_QUANTITY_MAX } from '@/lib/domain/cart'
import { formatMoney } from '@/lib/domain/money'
import { parsePaymentNotice, PAYMENT_MESSAGES } from '@/lib/domain/payment-messages'

import { fitToStock, setQuantity } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'Cart', robots: { index: false } }

export default async function CartPage({ searchParams }: { searchParams: Promise<{ notice?: string | string[] }> }) {
  await connection()
  const notice = parsePaymentNotice((await searchParams).notice)
  const view = await getCartView()
  const isEmpty = view.quote.lines.length === 0 && view.quote.goneVariantIds.length === 0
  return (
    <Container width="column" className="pb-20">
      <PageHeading>Cart</PageHeading>
      {notice && !(notice === 'cart_empty' && isEmpty) ? (
        <div className="mb-6">
          <Notice tone={PAYMENT_MESSAGES[notice].tone} title={PAYMENT_MESSAGES[notice].title} announce>
            {PAYMENT_MESSAGES[notice].text}
          </Notice>
        </div>
      ) : null}
      {view.orderNumber ? (
        <AlreadyBought orderNumber={view.orderNumber} />
      ) : isEmpty ? (
        <EmptyCart />
      ) : (
        <FilledCart view={view} />
      )}
    </Container>
  )
}

function AlreadyBought({ orderNumber }: { orderNumber: string }) {
  return (
    <Notice tone="positive" title="You have already bought these">
      <p>Your payment went through as order {orderNumber}.</p>
      {/* A plain link: the address takes the bought pieces out of the cart on its way to the receipt. */}
      {/* oxlint-disable-next-line next/no-html-link-for-pages -- see above */}
      <a href="/checkout/return" className="mt-2 inline-block underline underline-offset-4">
        Go to the receipt
      </a>
    </Notice>
  )
}

function EmptyCart() {
  return (
    <div className="border-t border-rule pt-8">
      <p className="max-w-[32rem] text-lg">Nothing here yet. What you add is kept for thirty days on this device.</p>
      <div className="mt-6">
        <ButtonLink href="/">Look at the new works</ButtonLink>
      </div>
    </div>
  )
}

function FilledCart({ view }: { view: CartView }) {
  const { quote, formerPrices } = view
  const problems = quote.shortVariantIds.length + quote.goneVariantIds.length
  return (
    <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-16">
      <div>
        {problems > 0 ? (
          <div className="mb-6">
            <Notice tone="warning" title="Some of this can no longer be bought as it is">
              {quote.goneVariantIds.length > 0 ? <p>{goneText(quote.goneVariantIds.length)}</p> : null}
              <FitToStockForm action={fitToStock} />
            </Notice>
          </div>
        ) : null}
        <ul className="divide-y divide-rule border-y border-rule">
          {quote.lines.map((line) => (
            <li key={line.variantId} className="py-6">
              <CartLineRow line={line} currency={quote.currency} former={formerPrices.get(line.variantId)} />
            </li>
          ))}
        </ul>
      </div>
      <section aria-label="Summary" className="lg:sticky lg:top-8 lg:self-start">
        <Totals totals={quote.breakdown} deliveryText="At checkout" taxText="At checkout" />
        <div className="mt-6">
          {problems > 0 ? (
            <>
              <span aria-disabled="true" className={buttonClass('primary', 'w-full')}>
                Check out
              </span>
              <p className="mt-2 text-sm text-ink-soft">Resolve the lines marked above first.</p>
            </>
          ) : (
            // oxlint-disable-next-line next/no-html-link-for-pages -- its own content policy needs a document of its own
            <a href="/checkout" className={buttonClass('primary', 'w-full')}>
              Check out
            </a>
          )}
        </div>
        <p className="mt-4 text-sm text-ink-soft">You pay with PayPal. Delivery and tax are shown before you pay.</p>
      </section>
    </div>
  )
}

function CartLineRow({
  line,
  currency,
  former,
}: {
  line: CartView['quote']['lines'][number]
  currency: CartView['quote']['currency']
  former: number | undefined
}) {
  const money = (minor: number) => formatMoney({ minor, currency })
  return (
    <LineSummary
      name={
        <Link href={`/products/${line.productSlug}`} className="hover:underline">
          {line.productName}
        </Link>
      }
      options={line.options}
      picture={line.picture}
      total={money(line.unitPriceMinor * line.quantity)}
    >
      {line.quantity > 1 ? <p className="num mt-1 text-sm text-ink-soft">{money(line.unitPriceMinor)} each</p> : null}
      {former !== undefined ? (
        <p className="num mt-1 text-sm font-medium text-warning">
          The price has changed since you put this in: it was {money(former)}, now it is {money(line.unitPriceMinor)}.
        </p>
      ) : null}
      {line.quantity > line.available ? (
        <p className="mt-1 text-sm font-medium text-warning">{shortText(line.available)}</p>
      ) : null}
      <div className="mt-3">
        <LineQuantityForm
          action={setQuantity}
          variantId={line.variantId}
          name={line.productName}
          quantity={line.quantity}
          max={Math.min(LINE_QUANTITY_MAX, Math.max(line.available, 0))}
        />
      </div>
    </LineSummary>
  )
}

function shortText(available: number): string {
  return available <= 0 ? 'Sold out meanwhile.' : `Only ${available} left.`
}

function goneText(count: number): string {
  return count === 1 ? 'One piece is no longer sold.' : `${count} pieces are no longer sold.`
}
