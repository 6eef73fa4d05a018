import 'server-only'

import { randomUUID } from 'node:crypto'

import { getLastOrder } from '@/lib/orders/find-order-for-cart'
import { getPaymentServices } from '@/lib/payments/payment-services'
import { startPayment, type StartPaymentOutcome } from '@/lib/payments/start-payment'

import { beginAsBuyer, readBuyer } from './buyer-cookie'
import { readCallerNetwork } from './caller-network'
import { readCheckoutDraft } from './checkout-cookie'
import { readCart, saveCart } from './current-cart'
import { getCurrentMember } from './current-member'

/** Begins the payment of the browser's own cart and details; the door for script and form alike. */
export async function beginPayment(shownTotalMinor: number | null): Promise<StartPaymentOutcome> {
  const cart = await readCart()
  const draft = await readCheckoutDraft()
  if (cart.items.length === 0) {
    // A page that was left open while the cart was bought through another.
    const last = await getLastOrder(await readBuyer())
    return last ? { kind: 'already_ordered', ...last, own: true } : { kind: 'cart_empty' }
  }
  const { buyerKey } = await beginAsBuyer(cart.cartId)
  const outcome = await startPayment(getPaymentServices(), {
    cart,
    draft,
    buyerKey,
    shownTotalMinor,
    network: await readCallerNetwork(),
    memberId: (await getCurrentMember())?.memberId ?? null,
  })
  // A cart that somebody else has bought (a copied or restored cookie) gets a new identity, so that it can be bought.
  if (outcome.kind === 'already_ordered' && !outcome.own) await saveCart({ ...cart, cartId: randomUUID() }, cart)
  return outcome
}
