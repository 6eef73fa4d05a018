import 'server-only'

import type { PayPalCapture, PayPalOrder } from '@/lib/domain/payment-gateway'
import { goneMinor } from '@/lib/domain/refund'

import type { FinalCapture } from './finalise-payment'
import type { PaymentServices } from './payment-services'

/** What PayPal itself shows of a capture now. */
export type CaptureFacts =
  | { readonly kind: 'found'; readonly capture: PayPalCapture; readonly order: PayPalOrder }
  /** The capture is there, but PayPal no longer shows its order. */
  | { readonly kind: 'order_gone'; readonly capture: PayPalCapture; readonly paypalOrderId: string | null }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown' }

/** Fetches a capture and the order it belongs to. Lists, webhooks and our own rows only tell which one to look at. */
export async function lookAtCapture(
  { gateway }: Pick<PaymentServices, 'gateway'>,
  paypalCaptureId: string,
): Promise<CaptureFacts> {
  const seen = await gateway.getCapture(paypalCaptureId)
  if (seen.kind !== 'found') return { kind: seen.kind }
  const { capture, paypalOrderId } = seen
  if (paypalOrderId === null) return { kind: 'order_gone', capture, paypalOrderId }
  const owner = await gateway.getOrder(paypalOrderId)
  if (owner.kind === 'unknown') return { kind: 'unknown' }
  if (owner.kind === 'missing') return { kind: 'order_gone', capture, paypalOrderId }
  return { kind: 'found', capture, order: owner.order }
}

/**
 * The capture with what has gone back of it; null while its amount cannot be read. PayPal does not say what a capture shows once a
 * bank has given back what it took (`returnedMinor`): whatever that is, the money is there again.
 */
export function asFinal(
  facts: Extract<CaptureFacts, { readonly capture: PayPalCapture }>,
  returnedMinor = 0,
): FinalCapture | null {
  const { capture } = facts
  const { amount, status } = capture
  if (amount === null) return null
  const refunds = facts.kind === 'found' ? facts.order.refunds : []
  const refundedMinor = Math.max(goneMinor(refunds, capture.paypalCaptureId) - returnedMinor, 0)
  const isThereAgain = returnedMinor > 0 && refundedMinor < amount.minor && status === 'REFUNDED'
  return { ...capture, amount, refundedMinor, status: isThereAgain ? 'PARTIALLY_REFUNDED' : status }
}
