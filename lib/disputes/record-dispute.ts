import 'server-only'

import { inTransaction, type Transaction } from '@/db/client'
import { findCapture, type PaymentCapture } from '@/db/queries/captures'
import { lockDispute, upsertDispute } from '@/db/queries/disputes'
import { placeHold, releaseHold } from '@/db/queries/order-holds'
import { findOrderOfAttempt } from '@/db/queries/orders'
import { raiseIncident } from '@/db/queries/payment-incidents'
import { planHold, standingOf } from '@/lib/domain/dispute'
import { isOwnInvoice } from '@/lib/domain/invoice-id'
import type { PayPalDispute } from '@/lib/domain/payment-gateway'
import type { PaymentServices } from '@/lib/payments/payment-services'
import { recoverOwnCapture } from '@/lib/payments/recover-own-capture'
import { syncRefunds } from '@/lib/payments/sync-refunds'
import { getLog } from '@/lib/runtime/log'

/**
 * Fetches a dispute and writes it down with its deadline. The order of the disputed payment is held back from fulfilment until
 * the dispute is won; stock is not touched. What a lost dispute took back comes into the books. A dispute about a payment that
 * our books do not have is put before a person.
 */
export async function recordDispute(
  services: PaymentServices,
  disputeId: string,
): Promise<'recorded' | 'not_ours' | 'missing' | 'unknown'> {
  const seen = await services.gateway.getDispute(disputeId)
  if (seen.kind !== 'found') return seen.kind
  const { dispute } = seen
  const found = await findDisputedCapture(services, dispute)
  if (found === 'unknown' || found === 'not_ours') return found
  if (found !== null && standingOf(dispute) === 'lost') {
    const synced = await syncRefunds(services, found.paypalCaptureId, 'reversal')
    if (synced === 'unknown') return 'unknown'
  }
  await inTransaction(services.db, (tx) => write(tx, dispute, found))
  return 'recorded'
}

/** Null: it looks like ours, or does not tell, and no payment of ours is known to be meant. */
async function findDisputedCapture(
  services: PaymentServices,
  { transactions }: PayPalDispute,
): Promise<PaymentCapture | 'not_ours' | 'unknown' | null> {
  for (const { paypalCaptureId } of transactions) {
    const known = await findCapture(services.db, paypalCaptureId)
    if (known) return known
  }
  const { invoicePrefix } = services
  const own = transactions.filter(({ invoiceId }) => invoiceId === null || isOwnInvoice(invoicePrefix, invoiceId))
  if (own.length === 0 && transactions.length > 0) return 'not_ours'
  for (const { paypalCaptureId } of own) {
    const recovered = await recoverOwnCapture(services, paypalCaptureId)
    if (recovered === 'unknown') return 'unknown'
    if (recovered === 'in_the_books') return findCapture(services.db, paypalCaptureId)
  }
  return null
}

async function write(tx: Transaction, dispute: PayPalDispute, capture: PaymentCapture | null): Promise<void> {
  const { disputeId, amount } = dispute
  const before = await lockDispute(tx, disputeId)
  const order = capture && (await findOrderOfAttempt(tx, capture.attemptId))
  const orderId = before?.orderId ?? order?.id ?? null
  const isNews = await upsertDispute(tx, {
    id: disputeId,
    paypalCaptureId: capture?.paypalCaptureId ?? dispute.transactions[0]?.paypalCaptureId ?? null,
    orderId,
    reason: dispute.reason,
    status: dispute.status,
    stage: dispute.stage,
    outcome: dispute.outcome,
    amountMinor: amount?.minor ?? null,
    currency: amount?.currency ?? null,
    sellerResponseDueAt: dispute.sellerResponseDueAt,
    openedAt: dispute.openedAt,
    resolvedAt: dispute.status === 'RESOLVED' ? dispute.updatedAt : null,
    paypalUpdatedAt: dispute.updatedAt,
  })
  if (!isNews) return
  const standing = standingOf(dispute)
  getLog().warn({ disputeId, orderId, standing, status: dispute.status, reason: dispute.reason }, 'dispute')
  if (orderId !== null) {
    const plan = planHold(standing, before?.orderId ? standingOf(before) : null)
    if (plan === 'place') await placeHold(tx, orderId, 'dispute', disputeId)
    if (plan === 'release') await releaseHold(tx, orderId, 'dispute', disputeId)
  } else if (capture === null) {
    await raiseIncident(tx, {
      kind: 'dispute_unmatched',
      subject: disputeId,
      paypalCaptureId: dispute.transactions[0]?.paypalCaptureId ?? null,
      amountMinor: amount?.minor ?? null,
      currency: amount?.currency ?? null,
      details: {
        reason: dispute.reason,
        status: dispute.status,
        invoiceId: dispute.transactions[0]?.invoiceId ?? null,
      },
    })
  }
}
