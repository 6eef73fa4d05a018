import 'server-only'

import { getDatabase, type Queryable } from '@/db/client'
import { findOrderOfCart } from '@/db/queries/orders'
import { hashBuyerKey } from '@/lib/payments/buyer-key'

/** The order that this cart became, if this buyer placed it. A cart is bought once, whatever its cookie says. */
export async function findOrderForCart(
  db: Queryable,
  cartId: string,
  buyerKey: string | null,
): Promise<{ orderNumber: string } | null> {
  if (buyerKey === null) return null
  const order = await findOrderOfCart(db, cartId)
  return order?.buyerKeyHash === hashBuyerKey(buyerKey) ? { orderNumber: order.orderNumber } : null
}

/** The order that this browser placed last, for a page that was left open when it was; null when that is not known. */
export async function getLastOrder(
  buyer: { readonly buyerKey: string; readonly boughtCartId: string | null } | null,
): Promise<{ orderNumber: string } | null> {
  return buyer?.boughtCartId ? getOrderForCart(buyer.boughtCartId, buyer.buyerKey) : null
}

export async function getOrderForCart(
  cartId: string,
  buyerKey: string | null,
): Promise<{ orderNumber: string } | null> {
  return findOrderForCart(getDatabase(), cartId, buyerKey)
}
