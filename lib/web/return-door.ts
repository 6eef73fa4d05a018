import 'server-only'

import { emptyCartAfterOrder } from '@/lib/cart/empty-cart-after-order'
import { getOrderForCart } from '@/lib/orders/find-order-for-cart'
import { orderPath } from '@/lib/orders/receipt-link'
import { finishPayment } from '@/lib/payments/finish-payment'
import { getPaymentServices } from '@/lib/payments/payment-services'
import { getLog } from '@/lib/runtime/log'

import { readBuyer } from './buyer-cookie'
import { readCallerNetwork } from './caller-network'
import { readCart } from './current-cart'
import { noticeOfFinish } from './payment-notice'
import { PayPalOrderId } from './paypal-order-id'
import { waitPath } from './wait-path'

/** Finishes the payment PayPal names in its return address; tells where the buyer goes from here. */
export async function finishReturn(token: string): Promise<string> {
  if (!PayPalOrderId.safeParse(token).success) return '/checkout'
  try {
    const buyer = await readBuyer()
    const network = await readCallerNetwork()
    const payment = { paypalOrderId: token, buyerKey: buyer?.buyerKey ?? null, network }
    const outcome = await finishPayment(getPaymentServices(), payment)
    if (outcome.kind === 'order_placed') {
      await emptyCartAfterOrder(outcome.cartId, outcome.bought)
      return orderPath(outcome.orderNumber)
    }
    if (outcome.kind === 'not_found') return '/checkout'
    if (outcome.kind === 'unknown' || outcome.kind === 'pending') return waitPath(token)
    const notice = noticeOfFinish(outcome)
    if (outcome.kind !== 'slow_down') return `/checkout?notice=${notice}`
    return `/checkout?notice=${notice}&wait=${outcome.retryAfterSeconds}&token=${token}`
  } catch (error) {
    getLog().error({ cause: String(error) }, 'return from PayPal could not be finished')
    return waitPath(token)
  }
}

/** For a browser whose cart has become an order without its noticing: takes it out of the cart, goes to the receipt. */
export async function findOwnOrderOfCart(): Promise<string> {
  const cart = await readCart()
  const buyer = await readBuyer()
  const order = await getOrderForCart(cart.cartId, buyer?.buyerKey ?? null)
  if (!order) return '/cart'
  await emptyCartAfterOrder(cart.cartId, cart.items)
  return orderPath(order.orderNumber)
}
