import 'server-only'

import { randomUUID } from 'node:crypto'

import { withoutBought, type Cart } from '@/lib/domain/cart'
import { readBuyer, rememberBought } from '@/lib/web/buyer-cookie'
import { writeCartCount } from '@/lib/web/cart-cookie'
import { dropDiscountCode } from '@/lib/web/checkout-cookie'
import { readCart, saveCart } from '@/lib/web/current-cart'

/**
 * After an order's commit, and only then: takes what was bought out of the browser's cart. Does nothing when it holds another
 * cart, as on the second visit to the return address, or for a member, whose cart the order's transaction has emptied.
 */
export async function emptyCartAfterOrder(orderCartId: string, bought: Cart['items']): Promise<void> {
  const cart = await readCart()
  if (cart.cartId === orderCartId) await saveCart(withoutBought(cart, bought, randomUUID()), cart)
  else await writeCartCount(cart)
  if ((await readBuyer())?.payingCartId === orderCartId) await dropDiscountCode()
  await rememberBought(orderCartId)
}
