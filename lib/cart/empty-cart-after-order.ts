import 'server-only'

import { randomUUID } from 'node:crypto'

import { withoutBought, type Cart } from '@/lib/domain/cart'
import { stopPaying } from '@/lib/web/buyer-cookie'
import { readCart, saveCart } from '@/lib/web/cart-cookie'

/**
 * After an order's commit, and only then: takes what was bought out of the browser's cart. Does nothing when the cookie
 * holds another cart, as on the second visit to the return address.
 */
export async function emptyCartAfterOrder(orderCartId: string, bought: Cart['items']): Promise<void> {
  const cart = await readCart()
  if (cart.cartId === orderCartId) await saveCart(withoutBought(cart, bought, randomUUID()))
  await stopPaying()
}
