import 'server-only'

import { findCapture } from '@/db/queries/captures'
import type { ForeignReason } from '@/lib/domain/refund'

import type { PaymentServices } from './payment-services'
import { recordPayPalRefund } from './record-paypal-refund'

/**
 * Asks PayPal which refunds a capture has and brings each into our books. `unknown` when PayPal did not say: ask again.
 * A capture that is not ours is `not_found`.
 */
export async function syncRefunds(
  services: PaymentServices,
  paypalCaptureId: string,
  foreignReason: ForeignReason = 'paypal',
): Promise<'synced' | 'unknown' | 'not_found'> {
  const capture = await findCapture(services.db, paypalCaptureId)
  if (!capture) return 'not_found'
  const seen = await services.gateway.getOrder(capture.paypalOrderId)
  if (seen.kind !== 'found') return 'unknown'
  for (const refund of seen.order.refunds) {
    if (refund.amount === null) return 'unknown'
    if (refund.paypalCaptureId !== null && refund.paypalCaptureId !== paypalCaptureId) continue
    await recordPayPalRefund(services, paypalCaptureId, refund, foreignReason)
  }
  return 'synced'
}
