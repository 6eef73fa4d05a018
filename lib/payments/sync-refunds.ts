import 'server-only'

import { findCapture } from '@/db/queries/captures'
import { listRefundsOfCapture } from '@/db/queries/refunds'
import type { PayPalRefund } from '@/lib/domain/payment-gateway'
import type { ForeignReason } from '@/lib/domain/refund'

import type { PaymentServices } from './payment-services'
import { recordPayPalRefund } from './record-paypal-refund'

/**
 * Asks PayPal which refunds a capture has and brings each into our books. `unknown` when PayPal gave no answer: ask again;
 * `not_shown` when it no longer shows the order, which says nothing of the refunds. A capture that is not ours is `not_found`.
 * @param told what a refund is by whatever made us look: PayPal's order does not tell the two apart. `isKnown`: it is in the books.
 */
export async function syncRefunds(
  services: PaymentServices,
  paypalCaptureId: string,
  told: (refund: PayPalRefund, isKnown: boolean) => ForeignReason = () => 'paypal',
): Promise<'synced' | 'unknown' | 'not_shown' | 'not_found'> {
  const capture = await findCapture(services.db, paypalCaptureId)
  if (!capture) return 'not_found'
  const paypalOrderId = capture.paypalOrderId ?? (await findOrderAtPayPal(services, paypalCaptureId))
  if (paypalOrderId === null) return 'unknown'
  const seen = await services.gateway.getOrder(paypalOrderId)
  if (seen.kind !== 'found') return seen.kind === 'missing' ? 'not_shown' : 'unknown'
  const known = await listRefundsOfCapture(services.db, paypalCaptureId)
  for (const refund of seen.order.refunds) {
    if (refund.amount === null) return 'unknown'
    if (refund.paypalCaptureId !== null && refund.paypalCaptureId !== paypalCaptureId) continue
    const isKnown = known.some(({ paypalRefundId }) => paypalRefundId === refund.paypalRefundId)
    await recordPayPalRefund(services, paypalCaptureId, refund, told(refund, isKnown))
  }
  return 'synced'
}

async function findOrderAtPayPal({ gateway }: PaymentServices, paypalCaptureId: string): Promise<string | null> {
  const seen = await gateway.getCapture(paypalCaptureId)
  return seen.kind === 'found' ? seen.paypalOrderId : null
}
