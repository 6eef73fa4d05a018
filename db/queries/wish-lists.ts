import { and, asc, desc, eq, inArray } from 'drizzle-orm'

import { WISHES_MAX } from '@/lib/domain/member'

import type { Queryable, Transaction } from '../client'
import { products, variants } from '../schema/catalog'
import { wishListItems } from '../schema/members'

/** Newest wish first. */
export async function listWishes(db: Queryable, memberId: string): Promise<number[]> {
  const rows = await db
    .select({ productId: wishListItems.productId })
    .from(wishListItems)
    .where(eq(wishListItems.memberId, memberId))
    .orderBy(desc(wishListItems.addedAt), asc(wishListItems.productId))
  return rows.map((row) => row.productId)
}

/** Adds what is not there yet. Products that are gone are passed over. False when there was no room for all. */
export async function addWishes(tx: Transaction, memberId: string, productIds: readonly number[]): Promise<boolean> {
  if (productIds.length === 0) return true
  const wished = new Set(await listWishes(tx, memberId))
  const known = await tx
    .select({ id: products.id })
    .from(products)
    .where(inArray(products.id, [...productIds]))
  const added = known.filter(({ id }) => !wished.has(id))
  const room = Math.max(WISHES_MAX - wished.size, 0)
  const values = added.slice(0, room).map(({ id }) => ({ memberId, productId: id }))
  if (values.length > 0) await tx.insert(wishListItems).values(values).onConflictDoNothing()
  return values.length === added.length
}

export async function removeWish(db: Queryable, memberId: string, productId: number): Promise<void> {
  await db
    .delete(wishListItems)
    .where(and(eq(wishListItems.memberId, memberId), eq(wishListItems.productId, productId)))
}

export async function findActiveProductId(db: Queryable, slug: string): Promise<number | null> {
  const [row] = await db
    .select({ id: products.id })
    .from(products)
    .where(and(eq(products.slug, slug), eq(products.state, 'active')))
  return row?.id ?? null
}

export async function listProductsOfVariants(db: Queryable, variantIds: readonly number[]): Promise<number[]> {
  if (variantIds.length === 0) return []
  const rows = await db
    .selectDistinct({ productId: variants.productId })
    .from(variants)
    .where(inArray(variants.id, [...variantIds]))
  return rows.map((row) => row.productId)
}
