import 'server-only'

import { inTransaction, type Transaction } from '@/db/client'
import { lockCapture } from '@/db/queries/captures'
import { insertJournalEntry } from '@/db/queries/journal'
import { readOrderState } from '@/db/queries/orders'
import { raiseIncident, refreshGoneBack } from '@/db/queries/payment-incidents'
import { listRefundsOfCapture, markReturned, sumGoneBack, type Refund } from '@/db/queries/refunds'
import { releaseHold } from '@/db/queries/order-holds'
import { bookReturn } from '@/lib/domain/journal'
import type { PayPalTransaction } from '@/lib/domain/payment-gateway'
import { isAutomatic, REFUNDED_AT_PAYPAL } from '@/lib/domain/refund'
import { getLog } from '@/lib/runtime/log'

import type { PaymentServices } from '../payment-services'
import { writeRest } from '../return-rest'
import { reportRefusedRefund } from '../settle-refund'
import type { Applied } from './applied'
import { reportUnmatched } from './check-refund'

/**
 * A chargeback that was won: the bank has given back what it took. PayPal's list is the only place that shows it, so the list is
 * believed, as far as a reversal of the same amount is in our books. Its order may be fulfilled again.
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
  await lockCapture(tx, paypalCaptureId)
  const known = await listRefundsOfCapture(tx, paypalCaptureId)
  if (known.some(({ returnedBy }) => returnedBy === transactionId)) return 'nothing'
  const taken = known.filter(
    ({ state, returnedBy, amountMinor, currency }) =>
      state === 'completed' && returnedBy === null && amountMinor === amount?.minor && currency === amount.currency,
  )
  // Money that a bank took before we knew of it is in the books as the refund that was to be made, and that nobody sent.
  const reversal =
    taken.find(({ reason }) => reason === 'reversal') ??
    taken.find(({ reason, tries, sendSeq }) => isAutomatic(reason) && tries === 0 && sendSeq === 0)
  if (!reversal || !amount) return 'unmatched'
  await markReturned(tx, reversal.id, transactionId)
  await refreshGoneBack(tx, paypalCaptureId, await sumGoneBack(tx, paypalCaptureId))
  const { minor: amountMinor, currency } = amount
  await insertJournalEntry(tx, bookReturn({ transactionId, amountMinor, currency, reason: reversal.reason }))
  if (reversal.orderId === null) {
    // Money without an order is here again. It goes back, unless PayPal has refused that before.
    const refused = known.find(({ reason, state }) => isAutomatic(reason) && state === 'failed')
    if (refused && refused.lastIssue !== REFUNDED_AT_PAYPAL) await reportRefusedRefund(tx, refused)
    else await writeRest(tx, paypalCaptureId)
  }
  if (reversal.orderId !== null && (await readOrderState(tx, reversal.orderId)) === 'cancelled') {
    await reportReturned(tx, reversal, transactionId)
  }
  if (reversal.orderId !== null && reversal.paypalRefundId !== null) {
    await releaseHold(tx, reversal.orderId, 'reversal', reversal.paypalRefundId)
  }
  getLog().info({ paypalCaptureId, transactionId, refundId: reversal.id }, 'a reversal has come back')
  return 'repaired'
}

/** A cancelled order keeps no money. Whether the buyer, whose bank has decided against them, gets it is for a person to say. */
async function reportReturned(tx: Transaction, reversal: Refund, transactionId: string): Promise<void> {
  const { paypalCaptureId, orderId, amountMinor, currency } = reversal
  await raiseIncident(tx, {
    kind: 'amount_differs',
    subject: `${paypalCaptureId}:returned`,
    paypalCaptureId,
    orderId,
    amountMinor,
    currency,
    details: { reason: 'The order is cancelled, and a bank has given back what it took.', transactionId },
  })
}
