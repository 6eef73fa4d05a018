import type { Metadata } from 'next'
import { connection } from 'next/server'

import { FitToStockForm } from '@/components/cart/fit-to-stock-form'
import { cartLineForm } from '@/components/cart/cart-line-state'
import { Totals } from '@/components/cart/totals'
import { DiscountCode } from '@/components/checkout/discount-code'
import { CartCountSync } from '@/components/layout/cart-count-sync'
import { ButtonLink } from '@/components/ui/button'
import type { StepState } from '@/components/checkout/step-state'
import { buttonClass } from '@/components/ui/button-class'
import { Container } from '@/components/ui/container'
import { PageHeading } from '@/components/ui/heading'
import { Notice } from '@/components/ui/notice'
import { getCartView, type CartView } from '@/lib/cart/get-cart-view'
import { countItems } from '@/lib/domain/cart'
import { parsePaymentNotice, PAYMENT_MESSAGES } from '@/lib/domain/payment-messages'
import { readRefusal } from '@/lib/web/refused-form-cookie'
import { getCurrentMember } from '@/lib/web/current-member'

import { fitToStock } from './actions'
import { removeCode, submitCode } from './code-actions'
import { CartLineRow, GoneLineRow } from './cart-line-row'
import { CartNotes } from './cart-notes'

export const instant = false
export const metadata: Metadata = { title: 'Cart', robots: { index: false } }

export default async function CartPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  await connection()
  const asked = await searchParams
  const notice = parsePaymentNotice(asked['notice'])
  const refusal = asked['refused'] === '1' ? await readRefusal() : null
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
      <CartCountSync count={countItems({ items: view.items })} />
      <CartNotes view={view} again={asked['again']} />
      {view.orderNumber ? (
        <AlreadyBought orderNumber={view.orderNumber} />
      ) : isEmpty ? (
        <EmptyCart isMember={(await getCurrentMember()) !== null} />
      ) : (
        <FilledCart
          view={view}
          refused={refusalOfLine(refusal)}
          refusedCode={refusal?.form === 'code' ? refusal : null}
        />
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

function EmptyCart({ isMember }: { isMember: boolean }) {
  return (
    <div className="border-t border-rule pt-8">
      <p className="max-w-[32rem] text-lg">
        {isMember
          ? 'Nothing here yet. What you add is in your account, on every device.'
          : 'Nothing here yet. What you add is kept for thirty days on this device.'}
      </p>
      <div className="mt-6">
        {/* Prefetching the home page would load its great picture here, where nobody sees it. */}
        <ButtonLink href="/" prefetch={false}>
          Look at the new works
        </ButtonLink>
      </div>
    </div>
  )
}

type StepForm = StepState & { readonly form: string }

interface Refused {
  readonly form: string
  readonly message: string
}

/** Why a form of this page was refused that was posted without JavaScript. */
function refusalOfLine(refused: StepForm | null): Refused | null {
  const message = refused?.errors['quantity']
  return refused && message ? { form: refused.form, message } : null
}

function FilledCart({
  view,
  refused,
  refusedCode,
}: {
  view: CartView
  refused: Refused | null
  refusedCode: StepState | null
}) {
  const { quote, formerPrices, gone } = view
  const refusalOf = (variantId: number) => (refused?.form === cartLineForm(variantId) ? refused.message : null)
  const isOfLine = [...quote.lines, ...gone].some(({ variantId }) => refusalOf(variantId) !== null)
  const problems = quote.shortVariantIds.length + gone.length
  return (
    <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-16">
      <div>
        {refused && !isOfLine ? (
          <div className="mb-6">
            <Notice tone="danger" title={refused.message} announce />
          </div>
        ) : null}
        {problems > 0 ? (
          <div className="mb-6">
            <Notice tone="warning" title="Some of this can no longer be bought as it is">
              <FitToStockForm action={fitToStock} />
            </Notice>
          </div>
        ) : null}
        <ul className="divide-y divide-rule border-y border-rule">
          {quote.lines.map((line) => (
            <li key={line.variantId} className="py-6">
              <CartLineRow
                line={line}
                currency={quote.currency}
                former={formerPrices.get(line.variantId)}
                refusal={refusalOf(line.variantId)}
              />
            </li>
          ))}
          {gone.map((line) => (
            <li key={line.variantId} className="py-6">
              <GoneLineRow line={line} refusal={refusalOf(line.variantId)} />
            </li>
          ))}
        </ul>
      </div>
      <section aria-label="Summary" className="lg:sticky lg:top-8 lg:self-start">
        <Totals totals={quote.breakdown} deliveryText="At checkout" taxText="At checkout" />
        <DiscountCode
          entered={quote.code}
          currency={quote.currency}
          at="cart"
          refused={refusedCode}
          enter={submitCode}
          takeAway={removeCode}
        />
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
