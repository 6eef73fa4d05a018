import { eq, sql } from 'drizzle-orm'

import { withoutBought, type Cart } from '@/lib/domain/cart'

import type { Queryable, Transaction } from '../client'
import { memberCarts } from '../schema/members'

export async function findMemberCart(db: Queryable, memberId: string): Promise<Cart | null> {
  const [row] = await db.select().from(memberCarts).where(eq(memberCarts.memberId, memberId))
  return row ? { version: 1, cartId: row.cartId, revision: row.revision, items: row.items } : null
}

export async function lockMemberCart(tx: Transaction, memberId: string): Promise<Cart | null> {
  const [row] = await tx.select().from(memberCarts).where(eq(memberCarts.memberId, memberId)).for('update')
  return row ? { version: 1, cartId: row.cartId, revision: row.revision, items: row.items } : null
}

/**
 * Writes a member's cart over the one with revision `seen`; 0 where there was none. False when another device was quicker: read
 * again, and try again.
 */
export async function writeMemberCart(
  db: Queryable,
  memberId: string,
  cart: Pick<Cart, 'cartId' | 'items'>,
  seen: number,
): Promise<boolean> {
  const content = { cartId: cart.cartId, items: cart.items, revision: seen + 1, updatedAt: sql`now()` }
  const rows = await db
    .insert(memberCarts)
    .values({ memberId, ...content })
    .onConflictDoUpdate({ target: memberCarts.memberId, set: content, setWhere: eq(memberCarts.revision, seen) })
    .returning({ id: memberCarts.memberId })
  return rows.length > 0
}

/** In the order's own transaction: what was bought is in the cart no more, on any device. */
export async function takeBoughtOutOfMemberCart(
  tx: Transaction,
  memberId: string,
  cartId: string,
  bought: Cart['items'],
  nextCartId: string,
): Promise<void> {
  const cart = await lockMemberCart(tx, memberId)
  if (cart?.cartId === cartId) {
    await writeMemberCart(tx, memberId, withoutBought(cart, bought, nextCartId), cart.revision)
  }
}
