import 'server-only'

import { inTransaction, type Transaction } from '@/db/client'
import { findCapture, type PaymentCapture } from '@/db/queries/captures'
import { lockDispute, upsertDispute, type Dispute } from '@/db/queries/disputes'
import { placeHold, placeHoldOnce, releaseHold } from '@/db/queries/order-holds'
import { findOrderOfAttempt } from '@/db/queries/orders'
import { raiseIncident } from '@/db/queries/payment-incidents'
import { planHold, standingOf } from '@/lib/domain/dispute'
import { isOwnInvoice } from '@/lib/domain/invoice-id'
import type { PayPalDispute, PayPalRefund } from '@/lib/domain/payment-gateway'
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
  const found = await findDisputedCaptures(services, dispute)
  if (found === 'unknown' || found === 'not_ours') return found
  for (const { paypalCaptureId } of standingOf(dispute) === 'lost' ? found : []) {
    // What PayPal took for the dispute is as much as was disputed; another refund was made by the seller.
    const isTaken = (refund: PayPalRefund) => refund.amount?.minor === dispute.amount?.minor
    const synced = await syncRefunds(services, paypalCaptureId, (refund, isKnown) =>
      !isKnown && isTaken(refund) ? 'reversal' : 'paypal',
    )
    if (synced === 'unknown') return 'unknown'
  }
  await inTransaction(services.db, (tx) => write(tx, dispute, found))
  return 'recorded'
}

/** All of them, the first one first. None: it looks like ours, or does not tell, and no payment of ours is known to be meant. */
async function findDisputedCaptures(
  services: PaymentServices,
  { transactions }: PayPalDispute,
): Promise<PaymentCapture[] | 'not_ours' | 'unknown'> {
  const found: PaymentCapture[] = []
  const { invoicePrefix } = services
  for (const { paypalCaptureId, invoiceId } of transactions) {
    const isOwn = invoiceId === null || isOwnInvoice(invoicePrefix, invoiceId)
    const known = await findCapture(services.db, paypalCaptureId)
    const recovered = known === null && isOwn ? await recoverOwnCapture(services, paypalCaptureId) : null
    if (recovered === 'unknown') return 'unknown'
    const capture = known ?? (recovered === 'in_the_books' ? await findCapture(services.db, paypalCaptureId) : null)
    if (capture) found.push(capture)
  }
  const isForeign = transactions.every(({ invoiceId }) => invoiceId !== null && !isOwnInvoice(invoicePrefix, invoiceId))
  return found.length === 0 && transactions.length > 0 && isForeign ? 'not_ours' : found
}

async function write(tx: Transaction, dispute: PayPalDispute, captures: readonly PaymentCapture[]): Promise<void> {
  const { disputeId, amount } = dispute
  const before = await lockDispute(tx, disputeId)
  const [capture = null] = captures
  const [orderId = null, ...others] = await listDisputedOrders(tx, before, captures)
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
    for (const disputed of [orderId, ...others]) {
      if (plan === 'place') await placeHold(tx, disputed, 'dispute', disputeId)
      if (plan === 'release') await releaseHold(tx, disputed, 'dispute', disputeId)
      // One that came into the books later than the dispute.
      if (plan === 'keep' && disputed !== orderId) await placeHoldOnce(tx, disputed, 'dispute', disputeId)
    }
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

/** The one that it is filed under comes first. */
async function listDisputedOrders(
  tx: Transaction,
  before: Dispute | null,
  captures: readonly PaymentCapture[],
): Promise<ReadonlySet<string>> {
  const orderIds = new Set<string>(before?.orderId ? [before.orderId] : [])
  for (const { attemptId } of captures) {
    const order = await findOrderOfAttempt(tx, attemptId)
    if (order) orderIds.add(order.id)
  }
  return orderIds
}
