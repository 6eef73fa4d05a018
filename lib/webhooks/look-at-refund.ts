import 'server-only'

import { findCapture } from '@/db/queries/captures'
import { placeHoldOnce } from '@/db/queries/order-holds'
import { findOrderOfAttempt } from '@/db/queries/orders'
import { raiseIncident } from '@/db/queries/payment-incidents'
import { findRefundAtPayPal } from '@/db/queries/refunds'
import type { PayPalRefund } from '@/lib/domain/payment-gateway'
import type { WebhookPlan } from '@/lib/domain/webhook'
import type { PaymentServices } from '@/lib/payments/payment-services'
import { recordPayPalRefund } from '@/lib/payments/record-paypal-refund'
import { recoverOwnCapture } from '@/lib/payments/recover-own-capture'
import { syncRefunds } from '@/lib/payments/sync-refunds'

import type { Processed } from './process-event'

type RefundHint = Extract<WebhookPlan, { kind: 'look_at_refund' }>

/** Brings a refund or reversal that PayPal tells of into the books, once, whoever made it. */
export async function lookAtRefund(services: PaymentServices, hint: RefundHint): Promise<Processed> {
  const seen = await services.gateway.getRefund(hint.paypalRefundId)
  if (seen.kind === 'unknown') return { kind: 'again', cause: seen.cause }
  const paypalCaptureId = hint.paypalCaptureId ?? (seen.kind === 'found' ? seen.refund.paypalCaptureId : null)
  if (paypalCaptureId === null) return { kind: 'done', note: 'names no capture' }
  if (seen.kind === 'missing') return lookAtList(services, hint, paypalCaptureId)
  if (seen.refund.amount === null) return { kind: 'again', cause: 'the amount cannot be read' }
  return record(services, paypalCaptureId, seen.refund, hint.isReversal)
}

async function record(
  services: PaymentServices,
  paypalCaptureId: string,
  refund: PayPalRefund,
  isReversal: boolean,
): Promise<Processed> {
  const reason = isReversal ? 'reversal' : 'paypal'
  if (!(await recordPayPalRefund(services, paypalCaptureId, refund, reason))) {
    // Told of before the capture itself was: first comes the money, then what went back of it.
    const recovered = await recoverOwnCapture(services, paypalCaptureId)
    if (recovered === 'unknown') return { kind: 'again', cause: 'no answer' }
    if (recovered !== 'in_the_books') return { kind: 'done', note: recovered.replaceAll('_', ' ') }
    await recordPayPalRefund(services, paypalCaptureId, refund, reason)
  }
  if (isReversal) await holdOrderOf(services, refund.paypalRefundId)
  return { kind: 'done', note: null }
}

/** Also when the reversal came into the books by another way, from which it looked like a refund. */
async function holdOrderOf({ db }: PaymentServices, paypalRefundId: string): Promise<void> {
  const recorded = await findRefundAtPayPal(db, paypalRefundId)
  if (recorded?.orderId) await placeHoldOnce(db, recorded.orderId, 'reversal', paypalRefundId)
}

/** Of money that a bank is said to have taken, and that PayPal does not show. */
async function holdOrderOfCapture({ db }: PaymentServices, paypalCaptureId: string, paypalRefundId: string) {
  const capture = await findCapture(db, paypalCaptureId)
  const order = capture && (await findOrderOfAttempt(db, capture.attemptId))
  if (order) await placeHoldOnce(db, order.id, 'reversal', paypalRefundId)
}

/** Not everything that takes money back can be asked for by its id; the order's own list may show it all the same. */
async function lookAtList(
  services: PaymentServices,
  { paypalRefundId, isReversal }: RefundHint,
  paypalCaptureId: string,
): Promise<Processed> {
  const synced = await syncRefunds(services, paypalCaptureId, (refund) =>
    isReversal && refund.paypalRefundId === paypalRefundId ? 'reversal' : 'paypal',
  )
  if (synced === 'unknown') return { kind: 'again', cause: 'no answer' }
  if (synced === 'not_found') return { kind: 'done', note: 'not ours' }
  if (await findRefundAtPayPal(services.db, paypalRefundId)) {
    if (isReversal) await holdOrderOf(services, paypalRefundId)
    return { kind: 'done', note: null }
  }
  if (isReversal) await holdOrderOfCapture(services, paypalCaptureId, paypalRefundId)
  await raiseIncident(services.db, {
    kind: 'refund_unmatched',
    subject: paypalRefundId,
    paypalCaptureId,
    details: { paypalRefundId, toldBy: 'webhook', isReversal },
  })
  return { kind: 'done', note: 'reported' }
}
