import 'server-only'

import { findRefundAtPayPal } from '@/db/queries/refunds'
import { raiseIncident } from '@/db/queries/payment-incidents'
import type { PayPalRefund, PayPalTransaction } from '@/lib/domain/payment-gateway'
import type { BookedRefund } from '@/lib/domain/reconciliation'

import type { PaymentServices } from '../payment-services'
import { recordPayPalRefund } from '../record-paypal-refund'
import { syncRefunds } from '../sync-refunds'
import type { Applied } from './applied'

/** A refund at PayPal's side that our books lack or have as unfinished. */
export async function importRefund(
  services: PaymentServices,
  paypalCaptureId: string,
  transaction: PayPalTransaction,
): Promise<Applied> {
  if ((await syncRefunds(services, paypalCaptureId)) === 'unknown') return 'unclear'
  if (await isComplete(services, transaction.transactionId)) return 'repaired'
  const seen = await services.gateway.getRefund(transaction.transactionId)
  if (seen.kind === 'unknown') return 'unclear'
  if (seen.kind === 'found' && seen.refund.amount !== null) {
    await recordPayPalRefund(services, paypalCaptureId, seen.refund)
    const booked = await findRefundAtPayPal(services.db, transaction.transactionId)
    if (booked?.state === 'completed') return 'repaired'
    // On its way, here as there.
    if (booked?.state === 'sent' && seen.refund.status === 'PENDING') return 'repaired'
  }
  return reportUnmatched(services, paypalCaptureId, transaction)
}

/** Money that PayPal or the buyer's bank took back. It is not always a refund of its own; then the list itself is PayPal's word. */
export async function importReversal(
  services: PaymentServices,
  paypalCaptureId: string,
  transaction: PayPalTransaction,
): Promise<Applied> {
  const { transactionId, amount } = transaction
  const seen = await services.gateway.getRefund(transactionId)
  if (seen.kind === 'unknown') return 'unclear'
  const listed: PayPalRefund = {
    paypalRefundId: transactionId,
    status: 'COMPLETED',
    amount,
    customId: null,
    paypalCaptureId,
  }
  const reversal = seen.kind === 'found' ? seen.refund : listed
  if (reversal.amount === null) return 'unclear'
  await recordPayPalRefund(services, paypalCaptureId, reversal, 'reversal')
  if (await isComplete(services, transactionId)) return 'repaired'
  return reportUnmatched(services, paypalCaptureId, transaction)
}

/** A refund of ours that PayPal's list lacks, or shows with another amount. */
export async function checkRefund(services: PaymentServices, booked: BookedRefund): Promise<Applied> {
  const { paypalRefundId, paypalCaptureId } = booked
  const seen = await services.gateway.getRefund(paypalRefundId)
  if (seen.kind === 'unknown') return 'unclear'
  const refund = seen.kind === 'found' ? seen.refund : null
  const agrees =
    refund?.status === 'COMPLETED' &&
    refund.amount?.minor === booked.amountMinor &&
    refund.amount.currency === booked.currency
  if (agrees) return 'nothing'
  return raise(services, paypalRefundId, {
    paypalCaptureId,
    amountMinor: booked.amountMinor,
    currency: booked.currency,
    details: {
      refundId: booked.id,
      paypalStatus: refund?.status ?? null,
      paypalAmountMinor: refund?.amount?.minor ?? null,
    },
  })
}

async function isComplete({ db }: PaymentServices, paypalRefundId: string): Promise<boolean> {
  return (await findRefundAtPayPal(db, paypalRefundId))?.state === 'completed'
}

/** Puts an entry of PayPal's list before a person: our books have no place for it. */
export function reportUnmatched(
  services: PaymentServices,
  paypalCaptureId: string,
  { transactionId, kind, eventCode, amount, initiatedAt }: PayPalTransaction,
): Promise<Applied> {
  return raise(services, transactionId, {
    paypalCaptureId,
    amountMinor: amount?.minor ?? null,
    currency: amount?.currency ?? null,
    details: { listedAs: kind, eventCode, at: initiatedAt?.toISOString() ?? null },
  })
}

async function raise(
  { db }: PaymentServices,
  paypalRefundId: string,
  about: Pick<Parameters<typeof raiseIncident>[1], 'amountMinor' | 'currency' | 'details'> & {
    paypalCaptureId: string
  },
): Promise<Applied> {
  const details = { paypalRefundId, ...about.details }
  const isNew = await raiseIncident(db, { kind: 'refund_unmatched', subject: paypalRefundId, ...about, details })
  return isNew ? 'incident' : 'nothing'
}
