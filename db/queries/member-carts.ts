import { and, eq, lt, sql } from 'drizzle-orm'

import { withoutBought, type Cart } from '@/lib/domain/cart'

import type { Queryable, Transaction } from '../client'
import { adoptedCarts, memberCarts } from '../schema/members'

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

/** What this guest's cart has brought into the member's already; a variant may stand in it more than once. */
export async function findAdopted(tx: Transaction, cartId: string, memberId: string): Promise<Cart['items']> {
  const [row] = await tx
    .select({ items: adoptedCarts.items })
    .from(adoptedCarts)
    .where(and(eq(adoptedCarts.cartId, cartId), eq(adoptedCarts.memberId, memberId)))
  return row?.items ?? []
}

export async function writeAdopted(
  tx: Transaction,
  cartId: string,
  memberId: string,
  items: Cart['items'],
): Promise<void> {
  await tx
    .insert(adoptedCarts)
    .values({ cartId, memberId, items })
    .onConflictDoUpdate({ target: [adoptedCarts.cartId, adoptedCarts.memberId], set: { items, adoptedAt: sql`now()` } })
}

/** No browser keeps a guest's cart for so long. */
export async function deleteOldAdopted(db: Queryable): Promise<void> {
  await db.delete(adoptedCarts).where(lt(adoptedCarts.adoptedAt, sql`now() - interval '60 days'`))
}
