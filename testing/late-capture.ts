import { closeCartAttempts } from '@/lib/payments/close-cart-attempts'

import { beginPaying, newBuyer, type BoughtOrder, type TestShop } from './test-buyer'

/** Captured without our knowing, for a cart that was given up and whose stock is sold: money that becomes no order. */
export async function captureLate(shop: TestShop): Promise<BoughtOrder & { readonly cartId: string }> {
  const who = await newBuyer(shop.db, { onHand: 2 })
  const paypalOrderId = await beginPaying(shop, who)
  await closeCartAttempts(shop.db, who.cart.cartId)
  await beginPaying(shop, await newBuyer(shop.db, { variantId: who.variantId }))
  await shop.paypal.approve(paypalOrderId)
  const stray = await shop.services.gateway.captureOrder(paypalOrderId, `stray-${paypalOrderId}`)
  if (stray.kind !== 'captured' || stray.capture.amount === null) throw new Error(stray.kind)
  return {
    id: '',
    orderNumber: '',
    paypalOrderId,
    paypalCaptureId: stray.capture.paypalCaptureId,
    totalMinor: stray.capture.amount.minor,
    attemptId: stray.capture.customId ?? '',
    cartId: who.cart.cartId,
  }
}
