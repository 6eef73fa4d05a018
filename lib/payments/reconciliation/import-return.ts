import 'server-only'

import { inTransaction, type Transaction } from '@/db/client'
import { lockCapture } from '@/db/queries/captures'
import { insertJournalEntry } from '@/db/queries/journal'
import { releaseHold } from '@/db/queries/order-holds'
import { readOrderState } from '@/db/queries/orders'
import { raiseIncident, refreshGoneBack } from '@/db/queries/payment-incidents'
import { insertRefundReturn, isReturnBooked } from '@/db/queries/refund-returns'
import { listRefundsOfCapture, sumGoneBack, type Refund } from '@/db/queries/refunds'
import { bookReturn } from '@/lib/domain/journal'
import type { Money } from '@/lib/domain/money'
import type { PayPalTransaction } from '@/lib/domain/payment-gateway'
import { isForeign, leftOf, planRetry } from '@/lib/domain/refund'
import { spreadReturn } from '@/lib/domain/reversal'
import { getLog } from '@/lib/runtime/log'

import type { PaymentServices } from '../payment-services'
import { returnOwed } from '../return-owed'
import { reportRefusedRefund } from '../settle-refund'
import type { Applied } from './applied'
import { reportUnmatched } from './check-refund'

/**
 * A chargeback that was won: the bank has given back what it took, or part of it. PayPal's list is the only place that shows it, so
 * the list is believed, as far as so much was taken by our books. An order of which all is back may be fulfilled again.
 */
export async function importReturn(
  services: PaymentServices,
  paypalCaptureId: string,
  transaction: PayPalTransaction,
): Promise<Applied> {
  const booked = await inTransaction(services.db, (tx) => book(tx, paypalCaptureId, transaction))
  if (booked !== 'unmatched') return booked
  return reportUnmatched(services, paypalCaptureId, transaction)
}

async function book(
  tx: Transaction,
  paypalCaptureId: string,
  { transactionId, amount }: PayPalTransaction,
): Promise<Applied | 'unmatched'> {
  const capture = await lockCapture(tx, paypalCaptureId)
  if (await isReturnBooked(tx, transactionId)) return 'nothing'
  if (!capture || !amount || amount.currency !== capture.currency) return 'unmatched'
  const known = await listRefundsOfCapture(tx, paypalCaptureId)
  const taken = known.filter(({ reason, state }) => reason === 'reversal' && state === 'completed')
  const shares = spreadReturn(taken, amount.minor)
  if (!shares) return 'unmatched'
  for (const { reversal, amountMinor } of shares) {
    await insertRefundReturn(tx, { refundId: reversal.id, transactionId, amountMinor })
    if (reversal.returnedMinor + amountMinor === reversal.amountMinor) await releaseReversal(tx, reversal)
  }
  await refreshGoneBack(tx, paypalCaptureId, await sumGoneBack(tx, paypalCaptureId))
  await insertJournalEntry(tx, bookReturn({ transactionId, amountMinor: amount.minor, currency: amount.currency }))
  const orderId = shares[0]?.reversal.orderId ?? null
  if (orderId === null) await returnOwed(tx, paypalCaptureId)
  else await tellOfRoom(tx, { paypalCaptureId, capturedMinor: capture.amountMinor, orderId, transactionId, amount })
  getLog().info({ paypalCaptureId, transactionId }, 'a reversal has come back')
  return 'repaired'
}

async function releaseReversal(tx: Transaction, { orderId, paypalRefundId }: Refund): Promise<void> {
  if (orderId !== null && paypalRefundId !== null) await releaseHold(tx, orderId, 'reversal', paypalRefundId)
}

interface Returned {
  readonly paypalCaptureId: string
  readonly capturedMinor: number
  readonly orderId: string
  readonly transactionId: string
  readonly amount: Money
}

/**
 * A refund that had failed, perhaps just because the bank had the money, can be sent again: whether it is, a person says; and so of
 * whatever else a cancelled order has again.
 */
async function tellOfRoom(tx: Transaction, returned: Returned): Promise<void> {
  const known = await listRefundsOfCapture(tx, returned.paypalCaptureId)
  let unaskedMinor = leftOf(known, returned.capturedMinor)
  for (const refund of known) {
    const againMinor = planRetry(refund, known, returned.capturedMinor)
    if (refund.state !== 'failed' || isForeign(refund.reason) || againMinor === 0) continue
    unaskedMinor -= againMinor
    await reportRefusedRefund(tx, refund)
  }
  const isCancelled = (await readOrderState(tx, returned.orderId)) === 'cancelled'
  if (isCancelled && unaskedMinor > 0) await reportReturned(tx, returned)
}

/** A cancelled order keeps no money. Whether the buyer, whose bank has decided against them, gets it is for a person to say. */
async function reportReturned(
  tx: Transaction,
  { paypalCaptureId, orderId, amount, transactionId }: Returned,
): Promise<void> {
  await raiseIncident(tx, {
    kind: 'amount_differs',
    subject: `${paypalCaptureId}:returned`,
    paypalCaptureId,
    orderId,
    amountMinor: amount.minor,
    currency: amount.currency,
    details: { reason: 'The order is cancelled, and a bank has given back what it took.', transactionId },
  })
}
