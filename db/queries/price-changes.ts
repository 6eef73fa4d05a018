import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm'

import type { Queryable, Transaction } from '../client'
import { variants } from '../schema/catalog'
import { priceChanges } from '../schema/price-changes'

const isOpen = and(isNull(priceChanges.appliedAt), isNull(priceChanges.cancelledAt))

export interface OpenPriceChange {
  readonly id: string
  readonly variantId: number
  readonly sku: string
  readonly priceMinor: number
  readonly startsAt: Date
  readonly createdBy: string
}

/** What is still to come for a product, the soonest first. */
export async function listOpenPriceChanges(db: Queryable, productId: number): Promise<OpenPriceChange[]> {
  return db
    .select({
      id: priceChanges.id,
      variantId: priceChanges.variantId,
      sku: variants.sku,
      priceMinor: priceChanges.priceMinor,
      startsAt: priceChanges.startsAt,
      createdBy: priceChanges.createdBy,
    })
    .from(priceChanges)
    .innerJoin(variants, eq(variants.id, priceChanges.variantId))
    .where(and(eq(variants.productId, productId), isOpen))
    .orderBy(asc(priceChanges.startsAt), asc(variants.sku))
}

/** False when the variant has a change at this very moment already. */
export async function insertPriceChange(tx: Transaction, values: typeof priceChanges.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(priceChanges).values(values).onConflictDoNothing().returning({ id: priceChanges.id })
  return rows.length > 0
}

/** False when it was applied or cancelled before. */
export async function cancelPriceChange(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx
    .update(priceChanges)
    .set({ cancelledAt: sql`now()` })
    .where(and(eq(priceChanges.id, id), isOpen))
    .returning({ id: priceChanges.id })
  return rows.length > 0
}

/** Held to the end of the transaction: one worker applies at a time, so that two changes of one variant keep their order. */
const PRICES_LOCK = 7_301_004

/** Changes whose time has come, the earliest first; none while another worker applies some. */
export async function claimDuePrices(
  tx: Transaction,
  limit: number,
): Promise<{ id: string; variantId: number; productId: number }[]> {
  const { rows } = await tx.execute<{ mine: boolean }>(sql`select pg_try_advisory_xact_lock(${PRICES_LOCK}) as mine`)
  if (!rows[0]?.mine) return []
  return tx
    .select({ id: priceChanges.id, variantId: priceChanges.variantId, productId: variants.productId })
    .from(priceChanges)
    .innerJoin(variants, eq(variants.id, priceChanges.variantId))
    .where(and(isOpen, lte(priceChanges.startsAt, sql`now()`)))
    .orderBy(asc(priceChanges.startsAt), asc(priceChanges.id))
    .limit(limit)
}

export interface AppliedPrice {
  readonly sku: string
  readonly currency: string
  readonly before: number
  readonly after: number
  readonly createdBy: string
}

/** Puts a price in force, once; null when it was cancelled at the last moment. The product is locked by the caller. */
export async function applyPriceChange(tx: Transaction, id: string): Promise<AppliedPrice | null> {
  const [change] = await tx
    .update(priceChanges)
    .set({ appliedAt: sql`now()` })
    .where(and(eq(priceChanges.id, id), isOpen))
    .returning()
  if (!change) return null
  const [row] = await tx.select().from(variants).where(eq(variants.id, change.variantId))
  if (!row) return null
  await tx.update(variants).set({ priceMinor: change.priceMinor }).where(eq(variants.id, row.id))
  const { sku, currency, priceMinor: before } = row
  return { sku, currency, before, after: change.priceMinor, createdBy: change.createdBy }
}
