import 'server-only'

import { randomUUID } from 'node:crypto'

import { inTransaction, type Transaction } from '@/db/client'
import { lockCapture, type PaymentCapture } from '@/db/queries/captures'
import { insertJournalEntry } from '@/db/queries/journal'
import { placeHold, releaseHold } from '@/db/queries/order-holds'
import { findOrderOfAttempt } from '@/db/queries/orders'
import { raiseIncident } from '@/db/queries/payment-incidents'
import {
  insertForeignRefund,
  listRefundsOfCapture,
  markReversal,
  takeUpRefund,
  type Refund,
} from '@/db/queries/refunds'
import { bookAsReversal } from '@/lib/domain/journal'
import { isCurrency, type Money } from '@/lib/domain/money'
import type { PayPalRefund } from '@/lib/domain/payment-gateway'
import { planRecord, REFUNDED_AT_PAYPAL, type DisplacedRefund, type ForeignReason } from '@/lib/domain/refund'

import type { PaymentServices } from './payment-services'
import { settleRefund } from './settle-refund'

/**
 * Brings a refund that PayPal shows into our books, once: one of ours gets its outcome, one made at PayPal's own site, or
 * taken back by PayPal (`reversal`), becomes a row. `seen` is what PayPal answered, never a webhook's body. False when the
 * capture is not ours or not recorded yet.
 */
export async function recordPayPalRefund(
  { db }: Pick<PaymentServices, 'db'>,
  paypalCaptureId: string,
  seen: PayPalRefund,
  foreignReason: ForeignReason = 'paypal',
): Promise<boolean> {
  const { amount } = seen
  if (amount === null) throw new Error(`the amount of refund ${seen.paypalRefundId} cannot be read`)
  return inTransaction(db, async (tx) => {
    const capture = await lockCapture(tx, paypalCaptureId)
    if (!capture) return false
    await apply(tx, capture, { ...seen, amount }, foreignReason)
    return true
  })
}

type Seen = PayPalRefund & { readonly amount: Money }

async function apply(
  tx: Transaction,
  capture: PaymentCapture,
  seen: Seen,
  foreignReason: ForeignReason,
): Promise<void> {
  const known = await listRefundsOfCapture(tx, capture.paypalCaptureId)
  await reclassify(tx, known, seen, foreignReason)
  const plan = planRecord(known, capture.amountMinor, seen, foreignReason)
  if (plan.step === 'nothing') return
  if (plan.step === 'contradicted') return raiseUnmatched(tx, capture, seen, { refundId: plan.refund.id })
  await giveWay(tx, plan.displaced)
  switch (plan.step) {
    case 'settle':
      return settleRefund(tx, plan.refund, {
        state: plan.state,
        paypalRefundId: seen.paypalRefundId,
        issue: `REFUND_${seen.status}`,
      })
    case 'add':
      return seen.amount.currency === capture.currency
        ? add(tx, capture, seen, foreignReason)
        : raiseUnmatched(tx, capture, seen, { alreadyRefundedMinor: 0 })
    case 'unmatched':
      return raiseUnmatched(tx, capture, seen, { alreadyRefundedMinor: plan.spentMinor })
  }
}

/** What is in the books as a refund made at PayPal's site, because nothing told otherwise, and was taken by a bank. */
async function reclassify(tx: Transaction, known: readonly Refund[], seen: Seen, told: ForeignReason): Promise<void> {
  const refund = known.find(({ paypalRefundId }) => paypalRefundId === seen.paypalRefundId)
  if (told !== 'reversal' || refund?.reason !== 'paypal') return
  const { paypalRefundId, amountMinor, currency, state, orderId } = refund
  await markReversal(tx, refund.id)
  if (orderId !== null) {
    await placeHold(tx, orderId, 'reversal', seen.paypalRefundId)
    // The reversal says why, and ends when it is won.
    await releaseHold(tx, orderId, 'unpaid', refund.paypalCaptureId)
  }
  if (state !== 'completed' || paypalRefundId === null || !isCurrency(currency)) return
  await insertJournalEntry(tx, bookAsReversal({ paypalRefundId, amountMinor, currency }))
}

async function giveWay(tx: Transaction, displaced: readonly DisplacedRefund<Refund>[]): Promise<void> {
  for (const { refund, keepsMinor } of displaced) {
    if (keepsMinor > 0) await takeUpRefund(tx, refund.id, 'pending', keepsMinor)
    else await settleRefund(tx, refund, { state: 'failed', issue: REFUNDED_AT_PAYPAL })
  }
}

async function add(tx: Transaction, capture: PaymentCapture, seen: Seen, reason: ForeignReason): Promise<void> {
  const orderId = (await findOrderOfAttempt(tx, capture.attemptId))?.id ?? null
  const refund = await insertForeignRefund(tx, {
    id: randomUUID(),
    paypalCaptureId: capture.paypalCaptureId,
    orderId,
    amountMinor: seen.amount.minor,
    currency: seen.amount.currency,
    reason,
    paypalRefundId: seen.paypalRefundId,
  })
  if (seen.status === 'COMPLETED') await settleRefund(tx, refund, { state: 'completed' })
  if (reason === 'reversal' && orderId !== null) await placeHold(tx, orderId, 'reversal', seen.paypalRefundId)
}

async function raiseUnmatched(
  tx: Transaction,
  capture: PaymentCapture,
  seen: Seen,
  details: { readonly alreadyRefundedMinor: number } | { readonly refundId: string },
): Promise<void> {
  await raiseIncident(tx, {
    kind: 'refund_unmatched',
    subject: seen.paypalRefundId,
    paypalCaptureId: capture.paypalCaptureId,
    orderId: (await findOrderOfAttempt(tx, capture.attemptId))?.id ?? null,
    amountMinor: seen.amount.minor,
    currency: seen.amount.currency,
    details: { paypalRefundId: seen.paypalRefundId, paypalStatus: seen.status, ...details },
  })
}
