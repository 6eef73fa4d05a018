import 'server-only'

import { randomUUID } from 'node:crypto'

import { inTransaction, type Transaction } from '@/db/client'
import { hasCapture, insertCapture } from '@/db/queries/captures'
import { insertJournalEntry } from '@/db/queries/journal'
import { findOrderOfCart } from '@/db/queries/orders'
import { lockAttempt, moveAttempt, type PaymentAttempt } from '@/db/queries/payment-attempts'
import { insertRefund } from '@/db/queries/refunds'
import { consumeHolds, isStockFree, releaseHolds, takeFreeStock } from '@/db/queries/stock'
import { bookCapture } from '@/lib/domain/journal'
import type { Money } from '@/lib/domain/money'
import { HOLDING_STATES, planDisposition, type Disposition } from '@/lib/domain/payment'
import type { PayPalCapture } from '@/lib/domain/payment-gateway'
import { automaticRefundMinor, type AutomaticRefundReason } from '@/lib/domain/refund'
import { placeOrder } from '@/lib/orders/place-order'
import { getLog } from '@/lib/runtime/log'

import { expectedPayment } from './expected-payment'
import type { PaymentServices } from './payment-services'

/**
 * K7: money that PayPal holds becomes an order, or goes back. One transaction under the attempt's lock writes the
 * capture with its one disposition, the stock and the attempt's state. Called again, it finds the capture and does
 * nothing, so browser, return URL and worker may all arrive, and a lost answer to COMMIT is repeated safely.
 * `capture.amount` must be readable; the caller keeps asking PayPal otherwise.
 */
export async function finalisePayment(
  services: PaymentServices,
  attemptId: string,
  capture: FinalCapture,
): Promise<void> {
  await inTransaction(services.db, (tx) => finaliseInTransaction(services, tx, attemptId, capture))
}

export type FinalCapture = PayPalCapture & {
  readonly amount: Money
  /** Minor units that PayPal has given back of it already, as far as the caller knows. */
  readonly refundedMinor?: number
}

/** A person may want another disposition than the rules, or none of it (null) unless it is the one they asked for. */
export type Judge = (planned: Disposition) => Disposition | null

/** The same in the caller's transaction. `left`: the judge wanted nothing to be written. */
export async function finaliseInTransaction(
  services: Pick<PaymentServices, 'merchantId'>,
  tx: Transaction,
  attemptId: string,
  capture: FinalCapture,
  judge: Judge = (planned) => planned,
): Promise<'finalised' | 'known' | 'left'> {
  const attempt = await lockAttempt(tx, attemptId)
  if (!attempt) throw new Error(`capture ${capture.paypalCaptureId} names a missing attempt`)
  if (await hasCapture(tx, attemptId)) return 'known'
  const disposition = judge(await decide(services, tx, attempt, capture))
  if (!disposition) return 'left'
  await insertCapture(tx, {
    paypalCaptureId: capture.paypalCaptureId,
    attemptId,
    amountMinor: capture.amount.minor,
    currency: capture.amount.currency,
    feeMinor: capture.feeMinor,
  })
  await insertJournalEntry(
    tx,
    bookCapture({
      paypalCaptureId: capture.paypalCaptureId,
      grossMinor: capture.amount.minor,
      feeMinor: capture.feeMinor,
      currency: capture.amount.currency,
      parts: disposition.kind === 'order' ? attempt.snapshot : null,
    }),
  )
  if (disposition.kind === 'order') await becomeOrder(tx, attempt, capture, disposition.stock)
  else await becomeRefund(tx, attempt, capture, disposition.reason)
  return 'finalised'
}

async function decide(
  services: Pick<PaymentServices, 'merchantId'>,
  tx: Transaction,
  attempt: PaymentAttempt,
  capture: PayPalCapture,
): Promise<Disposition> {
  const holding = HOLDING_STATES.includes(attempt.state)
  return planDisposition({
    state: attempt.state,
    expected: expectedPayment(services, attempt),
    capture,
    cartHasOrder: (await findOrderOfCart(tx, attempt.cartId)) !== null,
    isErased: attempt.erasedAt !== null,
    stockIsFree: holding ? false : await isStockFree(tx, attempt.snapshot.lines),
  })
}

async function becomeOrder(
  tx: Transaction,
  attempt: PaymentAttempt,
  capture: PayPalCapture,
  stock: 'held' | 'free',
): Promise<void> {
  await moveAttempt(tx, attempt.id, { state: 'completed', lastIssue: null })
  const { orderNumber } = await placeOrder(tx, attempt, capture.paypalCaptureId)
  if (stock === 'held') await consumeHolds(tx, attempt.id)
  else await takeFreeStock(tx, attempt.id, attempt.snapshot.lines)
  getLog().info({ attemptId: attempt.id, orderNumber, paypalCaptureId: capture.paypalCaptureId }, 'order placed')
}

async function becomeRefund(
  tx: Transaction,
  attempt: PaymentAttempt,
  capture: FinalCapture,
  reason: AutomaticRefundReason,
): Promise<void> {
  await moveAttempt(tx, attempt.id, { state: 'refunding', lastIssue: reason, nextInSeconds: 0 })
  await releaseHolds(tx, attempt.id)
  await insertRefund(tx, {
    id: randomUUID(),
    paypalCaptureId: capture.paypalCaptureId,
    amountMinor: automaticRefundMinor(capture.amount.minor, capture.refundedMinor ?? 0),
    currency: capture.amount.currency,
    reason,
  })
  getLog().error(
    { attemptId: attempt.id, paypalCaptureId: capture.paypalCaptureId, reason },
    'capture will be refunded',
  )
}
