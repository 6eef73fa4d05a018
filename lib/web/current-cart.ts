import 'server-only'

import { randomUUID } from 'node:crypto'

import { getDatabase } from '@/db/client'
import { findMemberCart, writeMemberCart } from '@/db/queries/member-carts'
import { emptyCart, type Cart } from '@/lib/domain/cart'

import { readCartCookie, writeCartCookie, writeCartCount } from './cart-cookie'
import { getCurrentMember } from './current-member'

/** The shopper's cart: a member's is in the database and the same everywhere, a guest's is in the browser. */
export async function readCart(): Promise<Cart> {
  const member = await getCurrentMember()
  const cart = member ? await findMemberCart(getDatabase(), member.memberId) : await readCartCookie()
  return cart ?? emptyCart(randomUUID())
}

/**
 * Keeps `cart` in place of the one that was read. False when another device has changed a member's cart since: read it again
 * and decide anew. Only in server actions and route handlers.
 */
export async function saveCart(cart: Cart, read: Cart): Promise<boolean> {
  const member = await getCurrentMember()
  if (!member) {
    await writeCartCookie(cart)
    return true
  }
  const saved = await writeMemberCart(getDatabase(), member.memberId, cart, read.revision)
  if (saved) await writeCartCount(cart)
  return saved
}
