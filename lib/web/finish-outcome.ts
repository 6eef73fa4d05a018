import 'server-only'

import { emptyCartAfterOrder } from '@/lib/cart/empty-cart-after-order'
import { PAYMENT_MESSAGES, sayWhen } from '@/lib/domain/payment-messages'
import { orderPath } from '@/lib/orders/receipt-link'
import type { FinishOutcome } from '@/lib/payments/finish-payment'

import { noticeOfFinish } from './payment-notice'
import { waitPath } from './wait-path'

/**
 * A payment's state as HTTP: 200 with the order, 402 with a reason the buyer understands, 202 with an address to ask
 * again, 429 with when to ask for the capture again, 404 for somebody else's. The cart is emptied here because the order is committed by now.
 */
export async function respondToFinish(paypalOrderId: string, outcome: FinishOutcome): Promise<Response> {
  if (outcome.kind === 'not_found') return Response.json({ kind: 'not_found' }, { status: 404 })
  if (outcome.kind === 'order_placed') {
    await emptyCartAfterOrder(outcome.cartId, outcome.bought)
    const { orderNumber } = outcome
    return Response.json({ kind: 'order_placed', orderNumber, receiptUrl: orderPath(orderNumber) })
  }
  const notice = noticeOfFinish(outcome)
  const { title, text } = PAYMENT_MESSAGES[notice]
  if (outcome.kind === 'unknown' || outcome.kind === 'pending') {
    const pollUrl = `/api/paypal/orders/${paypalOrderId}`
    // PayPal may need days to decide: nobody waits for that in front of a button.
    const waitUrl = outcome.kind === 'pending' ? waitPath(paypalOrderId) : null
    return Response.json({ kind: outcome.kind, notice, title, message: text, pollUrl, waitUrl }, { status: 202 })
  }
  if (outcome.kind === 'slow_down') {
    const { kind, retryAfterSeconds } = outcome
    const message = `${text} ${sayWhen(retryAfterSeconds)}`
    const headers = { 'retry-after': String(retryAfterSeconds) }
    return Response.json({ kind, notice, title, message, retryAfterSeconds }, { status: 429, headers })
  }
  return Response.json({ kind: outcome.kind, notice, title, message: text }, { status: 402 })
}
