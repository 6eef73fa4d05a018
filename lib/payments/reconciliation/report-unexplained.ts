import 'server-only'

import { findCapture } from '@/db/queries/captures'
import { findOrderOfAttempt } from '@/db/queries/orders'
import { raiseIncident } from '@/db/queries/payment-incidents'
import type { Finding, Unexplained } from '@/lib/domain/reconciliation'

import type { PaymentServices } from '../payment-services'
import type { Applied } from './applied'

const REASONS: Readonly<Record<Unexplained, string>> = {
  no_place: 'The books have no place for it.',
  wrong_way: 'It moved the other way than such things do.',
  own_fee: 'It is booked, but not its fee.',
  undone: 'PayPal calls it undone, and nothing undid it.',
  waiting: 'It is not final yet.',
}

/**
 * Money of ours that moved in a way our books do not know, before a person with all that PayPal says of it. PayPal's list is the
 * only place that shows such a thing, so there is nowhere to ask again. It is never booked by itself.
 */
export async function reportUnexplained(
  { db }: Pick<PaymentServices, 'db'>,
  {
    why,
    paypalCaptureId,
    transaction,
  }: Pick<Extract<Finding, { kind: 'unexplained' }>, 'why' | 'paypalCaptureId' | 'transaction'>,
): Promise<Applied> {
  const { transactionId, eventCode, amount } = transaction
  const capture = paypalCaptureId === null ? null : await findCapture(db, paypalCaptureId)
  const order = capture && (await findOrderOfAttempt(db, capture.attemptId))
  const isNew = await raiseIncident(db, {
    kind: 'money_unexplained',
    // PayPal may list an id under several codes.
    subject: `${transactionId}:${eventCode}`,
    paypalCaptureId,
    paypalOrderId: capture?.paypalOrderId ?? null,
    attemptId: capture?.attemptId ?? null,
    orderId: order?.id ?? null,
    amountMinor: amount?.minor ?? null,
    currency: amount?.currency ?? null,
    details: {
      why,
      reason: REASONS[why],
      eventCode,
      meaning: transaction.meaning,
      direction: amount === null ? 'unreadable' : transaction.isCredit ? 'came in' : 'went out',
      feeMinor: transaction.feeMinor,
      paypalStatus: transaction.status,
      transactionId,
      refersTo: transaction.referenceId,
      invoiceId: transaction.invoiceId,
      customId: transaction.customId,
      at: transaction.initiatedAt?.toISOString() ?? null,
      orderNumber: order?.orderNumber ?? null,
      capturedMinor: capture?.amountMinor ?? null,
    },
  })
  return isNew ? 'incident' : 'nothing'
}
