import 'server-only'

import { setTimeout as delay } from 'node:timers/promises'

import { findOrderOfAttempt, findOrderOfCart } from '@/db/queries/orders'
import { findAttempt, findBuyersAttempt, takeOverCapture, type PaymentAttempt } from '@/db/queries/payment-attempts'
import type { Cart } from '@/lib/domain/cart'
import { isRefusal, type CloseReason } from '@/lib/domain/payment'
import { planFinish } from '@/lib/domain/payment-driver'

import { hashBuyerKey } from './buyer-key'
import { drivePayment, drivePaymentIf } from './drive-payment'
import { admitCapture, countDecline } from './limit-payments'
import type { PaymentServices } from './payment-services'

export type FinishOutcome =
  | {
      readonly kind: 'order_placed'
      readonly orderNumber: string
      readonly cartId: string
      readonly bought: Cart['items']
    }
  /** The same PayPal order may be paid another way. */
  | { readonly kind: 'declined'; readonly issue: string }
  | { readonly kind: 'not_approved' }
  /** Over without money; a new payment may begin. */
  | { readonly kind: 'closed'; readonly reason: CloseReason }
  /** PayPal is checking the payment. */
  | { readonly kind: 'pending' }
  /** The money came but could not become an order: it goes back. */
  | { readonly kind: 'refunded' }
  | { readonly kind: 'unknown' }
  /** Too many payments were tried: this one is captured if it is asked for again after that time, or by the worker before. */
  | { readonly kind: 'slow_down'; readonly retryAfterSeconds: number }
  /** Not this buyer's, or it never was. */
  | { readonly kind: 'not_found' }

export interface BuyersPayment {
  readonly paypalOrderId: string
  /** Null: a browser that has begun no payment. */
  readonly buyerKey: string | null
  /** Where the caller is, as `networkOf` tells it; tries and declines are counted by it. */
  readonly network?: string | null
}

/** How long a second tab waits for the first one's capture before it is told to ask again. */
const WAIT_FOR_OTHER_MS = 8_000
const WAIT_STEP_MS = 150

/** What the buyer's approval leads to. Safe to call any number of times, from any number of tabs. */
export async function finishPayment(services: PaymentServices, payment: BuyersPayment): Promise<FinishOutcome> {
  const attempt = await requireOwn(services, payment)
  if (!attempt) return { kind: 'not_found' }
  const driven = await drive(services, attempt, payment.network ?? null)
  const outcome =
    driven === null || driven.kind === 'advanced'
      ? await describe(services, await waitWhileCapturing(services, attempt.id))
      : driven
  if (driven && isDeclined(outcome)) await countDecline(services, attempt)
  return outcome
}

/** Null when there is nothing to drive, or somebody else is on it. */
async function drive(services: PaymentServices, attempt: PaymentAttempt, network: string | null) {
  const plan = planFinish(attempt.state)
  if (plan === 'drive') return drivePaymentIf(services, attempt, () => admitCapture(services, attempt, network))
  if (plan === 'read') return null
  // The capture that somebody else has sent, under the same key: no other card is tried by it.
  const overdue = await takeOverCapture(services.db, attempt.id)
  return overdue && drivePayment(services, overdue)
}

function isDeclined(outcome: FinishOutcome): boolean {
  return outcome.kind === 'closed' ? isRefusal(outcome.reason) : outcome.kind === 'declined'
}

/** The same answer without doing anything: for a page that waits. */
export async function readPayment(services: PaymentServices, payment: BuyersPayment): Promise<FinishOutcome> {
  const attempt = await requireOwn(services, payment)
  return attempt ? describe(services, attempt) : { kind: 'not_found' }
}

async function requireOwn(
  { db }: PaymentServices,
  { paypalOrderId, buyerKey }: BuyersPayment,
): Promise<PaymentAttempt | null> {
  return buyerKey === null ? null : findBuyersAttempt(db, paypalOrderId, hashBuyerKey(buyerKey))
}

async function waitWhileCapturing({ db }: PaymentServices, id: string): Promise<PaymentAttempt> {
  for (let waitedMs = 0; ; waitedMs += WAIT_STEP_MS) {
    const attempt = await findAttempt(db, id)
    if (!attempt) throw new Error(`attempt ${id} has vanished`)
    if (attempt.state !== 'capturing' || waitedMs >= WAIT_FOR_OTHER_MS) return attempt
    await delay(WAIT_STEP_MS)
  }
}

async function describe(services: PaymentServices, attempt: PaymentAttempt): Promise<FinishOutcome> {
  switch (attempt.state) {
    case 'completed':
    case 'closed':
      return describeEnded(services, attempt)
    case 'pending':
      return { kind: 'pending' }
    case 'refunding':
    case 'refunded':
    case 'review':
      return { kind: 'refunded' }
    case 'creating':
    case 'created':
      return attempt.captureSeq > 0 && attempt.lastIssue !== null && attempt.lastIssue !== 'ORDER_NOT_APPROVED'
        ? { kind: 'declined', issue: attempt.lastIssue }
        : { kind: 'not_approved' }
    case 'capturing':
      return { kind: 'unknown' }
  }
}

/** A closed attempt whose cart was bought through another tab is, to the buyer, the order they have. */
async function describeEnded({ db }: PaymentServices, attempt: PaymentAttempt): Promise<FinishOutcome> {
  const own = await findOrderOfAttempt(db, attempt.id)
  const order = own ?? (await findOrderOfCart(db, attempt.cartId))
  if (!order || order.buyerKeyHash !== attempt.buyerKeyHash) {
    return { kind: 'closed', reason: attempt.closeReason ?? 'paypal_order_gone' }
  }
  const bought = attempt.snapshot.lines.map((line): [number, number] => [line.variantId, line.quantity])
  return { kind: 'order_placed', orderNumber: order.orderNumber, cartId: attempt.cartId, bought }
}
