import 'server-only'

import { createHash, randomUUID } from 'node:crypto'

import { inTransaction, isRefusedBy, type Transaction } from '@/db/client'
import { reserveDiscounts } from '@/db/queries/discounts'
import { findOrderOfCart } from '@/db/queries/orders'
import { insertAttempt, lockLiveAttempt, readAttemptClock, type PaymentAttempt } from '@/db/queries/payment-attempts'
import { holdStock } from '@/db/queries/stock'
import { hashBuyer } from '@/lib/checkout/find-discounts'
import { quoteCheckout, type CheckoutQuote } from '@/lib/checkout/quote-checkout'
import type { AttemptSnapshot } from '@/lib/domain/attempt-snapshot'
import type { Cart } from '@/lib/domain/cart'
import {
  completeDetails,
  firstOpenStep,
  type CheckoutDetails,
  type CheckoutDraft,
  type CheckoutStep,
} from '@/lib/domain/checkout'
import type { DeliveryChoice } from '@/lib/domain/delivery'
import type { Money } from '@/lib/domain/money'
import { isPaymentUnderWay } from '@/lib/domain/payment-driver'
import { START_COST } from '@/lib/domain/payment-limits'

import { hashBuyerKey } from './buyer-key'
import { closeLockedAttempt } from './close-attempt'
import { createPayPalOrder, readAskedAs } from './create-paypal-order'
import { countPayment } from './limit-payments'
import type { PaymentServices } from './payment-services'

export interface StartPaymentInput {
  readonly cart: Cart
  readonly draft: CheckoutDraft
  readonly buyerKey: string
  /** The total on the buyer's screen, minor units; null when the caller does not know it. */
  readonly shownTotalMinor: number | null
  /** Where the caller is, as `networkOf` tells it. */
  readonly network?: string | null
  /** Who is signed in: the order will be in their account. */
  readonly memberId?: string | null
}

export type StartPaymentOutcome =
  | { readonly kind: 'started'; readonly paypalOrderId: string; readonly approveUrl: string }
  | { readonly kind: 'already_ordered'; readonly orderNumber: string; readonly own: boolean }
  | { readonly kind: 'payment_in_progress'; readonly paypalOrderId: string | null }
  | { readonly kind: 'cart_empty' }
  | { readonly kind: 'details_missing'; readonly step: CheckoutStep }
  | { readonly kind: 'lines_unavailable'; readonly variantIds: readonly number[] }
  | { readonly kind: 'delivery_unavailable' }
  | { readonly kind: 'price_changed'; readonly total: Money }
  /** Too many payments were begun: this one is served if it comes again after that time. */
  | { readonly kind: 'slow_down'; readonly retryAfterSeconds: number }
  | { readonly kind: 'paypal_refused'; readonly issue: string }
  | { readonly kind: 'paypal_unavailable' }

/** An attempt with less time than this is replaced: the buyer could not finish in it. */
const REUSE_HOLD_LEFT_SECONDS = 120

/**
 * K1 and K2: freezes the priced cart, holds its stock and asks PayPal for an order. Repeated for an unchanged cart it
 * returns the same PayPal order; for a changed one the former attempt is closed first.
 */
export async function startPayment(services: PaymentServices, input: StartPaymentInput): Promise<StartPaymentOutcome> {
  const prepared = await prepare(services, input)
  if (prepared.kind !== 'ready') return prepared
  const begun = await begin(services, input, prepared.snapshot)
  if (begun.kind !== 'begun') return begun
  const { paypalOrderId, approveUrl } = begun.attempt
  if (paypalOrderId && approveUrl) return { kind: 'started', paypalOrderId, approveUrl }
  const created = await createPayPalOrder(services, begun.attempt)
  if (created.kind === 'created') return { ...created, kind: 'started' }
  return created.kind === 'refused' ? { kind: 'paypal_refused', issue: created.issue } : { kind: 'paypal_unavailable' }
}

type Prepared =
  | { readonly kind: 'ready'; readonly snapshot: AttemptSnapshot }
  | Exclude<StartPaymentOutcome, { kind: 'started' }>

/** Everything that can be refused before anything is written. */
async function prepare({ db }: PaymentServices, input: StartPaymentInput): Promise<Prepared> {
  const { cart, draft, shownTotalMinor } = input
  const order = await findOrderOfCart(db, cart.cartId)
  if (order) return alreadyOrdered(order, input)
  if (cart.items.length === 0) return { kind: 'cart_empty' }
  const details = completeDetails(draft)
  if (!details) return { kind: 'details_missing', step: firstOpenStep(draft) }
  const quote = await quoteCheckout(db, cart, { ...details, discountCode: draft.discountCode })
  const unavailable = [...quote.goneVariantIds, ...quote.shortVariantIds]
  if (unavailable.length > 0) return { kind: 'lines_unavailable', variantIds: unavailable }
  if (!quote.countryServed || !quote.delivery) return { kind: 'delivery_unavailable' }
  const { totalMinor } = quote.breakdown
  if (shownTotalMinor !== null && shownTotalMinor !== totalMinor) {
    return { kind: 'price_changed', total: { minor: totalMinor, currency: quote.currency } }
  }
  return { kind: 'ready', snapshot: freeze(quote, details, quote.delivery) }
}

function alreadyOrdered(
  order: { orderNumber: string; buyerKeyHash: string },
  { buyerKey }: StartPaymentInput,
): Prepared {
  const own = order.buyerKeyHash === hashBuyerKey(buyerKey)
  return { kind: 'already_ordered', orderNumber: order.orderNumber, own }
}

function freeze(quote: CheckoutQuote, details: CheckoutDetails, delivery: DeliveryChoice): AttemptSnapshot {
  const { lines, ...totals } = quote.breakdown
  return {
    version: 1,
    ...totals,
    email: details.email,
    address: details.address,
    delivery: { methodId: delivery.methodId, name: delivery.name, estimate: delivery.estimate },
    lines: lines.map((line) => ({
      variantId: line.variantId,
      productName: line.productName,
      productSlug: line.productSlug,
      sku: line.sku,
      options: line.options,
      picture: line.picture,
      unitPriceMinor: line.unitPriceMinor,
      quantity: line.quantity,
      lineTotalMinor: line.lineTotalMinor,
    })),
  }
}

type Begun =
  | { readonly kind: 'begun'; readonly attempt: PaymentAttempt }
  | Exclude<StartPaymentOutcome, { kind: 'started' }>

/** Rolls K1 back when stock ran out between the quote and the hold. */
class StockRanOut extends Error {
  readonly variantIds: readonly number[]
  constructor(variantIds: readonly number[]) {
    super('stock ran out')
    this.variantIds = variantIds
  }
}

/** K1 in one transaction: attempt, holds and next action exist together or not at all. */
async function begin(services: PaymentServices, input: StartPaymentInput, snapshot: AttemptSnapshot): Promise<Begun> {
  const { db } = services
  const payer = { cartId: input.cart.cartId, email: snapshot.email, network: input.network ?? null }
  const fingerprint = createHash('sha256').update(JSON.stringify(snapshot)).digest('hex')
  const buyerKeyHash = hashBuyerKey(input.buyerKey)
  const memberId = input.memberId ?? null
  const askedAs = await readAskedAs(services)
  try {
    return await inTransaction(db, async (tx): Promise<Begun> => {
      const live = await lockLiveAttempt(tx, input.cart.cartId)
      if (live) {
        const settled = await reuseOrReplace(tx, live, { fingerprint, buyerKeyHash, memberId })
        // A double click costs nothing; after a decline there may be a wait before the next try.
        const wait = settled && live.captureSeq > 0 ? await countPayment(services, tx, payer, 0) : null
        if (settled) return wait?.kind === 'slow_down' ? wait : settled
      }
      const order = await findOrderOfCart(tx, input.cart.cartId)
      if (order)
        return { kind: 'already_ordered', orderNumber: order.orderNumber, own: order.buyerKeyHash === buyerKeyHash }
      const counted = await countPayment(services, tx, payer, START_COST)
      if (counted.kind === 'slow_down') return counted
      const attempt = await insertAttempt(tx, {
        id: randomUUID(),
        cartId: input.cart.cartId,
        buyerKeyHash,
        memberId,
        amountMinor: snapshot.totalMinor,
        currency: snapshot.currency,
        snapshot,
        fingerprint,
        askedAs,
        state: 'creating',
      })
      const held = await holdStock(tx, attempt.id, snapshot.lines)
      if (held.shortVariantIds.length > 0) throw new StockRanOut(held.shortVariantIds)
      await reserveDiscounts(tx, attempt.id, hashBuyer(snapshot.email), snapshot.discounts ?? [])
      return { kind: 'begun', attempt }
    })
  } catch (error) {
    if (error instanceof StockRanOut) return { kind: 'lines_unavailable', variantIds: error.variantIds }
    if (isRefusedBy(error, 'discount_uses_within_limits')) return priceWithoutIt(services, input, snapshot)
    throw error
  }
}

/** A discount was used up between the quote and its reservation: what the cart costs now. */
async function priceWithoutIt(
  services: PaymentServices,
  input: StartPaymentInput,
  former: AttemptSnapshot,
): Promise<Exclude<StartPaymentOutcome, { kind: 'started' }>> {
  const anew = await prepare(services, { ...input, shownTotalMinor: former.totalMinor })
  if (anew.kind !== 'ready') return anew
  return { kind: 'price_changed', total: { minor: anew.snapshot.totalMinor, currency: anew.snapshot.currency } }
}

/** A second click gets the same attempt; another cart or address closes the former one and returns null. */
async function reuseOrReplace(
  tx: Transaction,
  live: PaymentAttempt,
  wanted: Pick<PaymentAttempt, 'fingerprint' | 'buyerKeyHash' | 'memberId'>,
): Promise<Begun | null> {
  if (isPaymentUnderWay(live.state)) {
    return { kind: 'payment_in_progress', paypalOrderId: live.paypalOrderId }
  }
  const { holdLeftSeconds } = await readAttemptClock(tx, live.id)
  const same =
    live.fingerprint === wanted.fingerprint &&
    live.buyerKeyHash === wanted.buyerKeyHash &&
    live.memberId === wanted.memberId
  if (same && holdLeftSeconds > REUSE_HOLD_LEFT_SECONDS) return { kind: 'begun', attempt: live }
  await closeLockedAttempt(tx, live, { reason: 'replaced' })
  return null
}
