import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'

import type { DiscountDraft } from '@/lib/domain/discount-draft'

import type { Queryable, Transaction } from '../client'
import { products } from '../schema/catalog'
import { discountCategories, discountProducts, discounts, discountUses } from '../schema/discounts'

export type DiscountRow = typeof discounts.$inferSelect

const used = sql<number>`(select count(*)::int from ${discountUses} where ${discountUses.discountId} = ${discounts.id}
  and ${discountUses.state} = 'used')`
const granted = sql<number>`(select coalesce(sum(${discountUses.amountMinor}), 0)::float8 from ${discountUses}
  where ${discountUses.discountId} = ${discounts.id} and ${discountUses.state} = 'used')`

export interface ListedDiscount extends DiscountRow {
  /** Orders that have it, and what it took off them, minor units. */
  readonly used: number
  readonly grantedMinor: number
  readonly isOver: boolean
  readonly isComing: boolean
}

/** What can be used first, then the newest. */
export async function listDiscounts(db: Queryable, limit: number): Promise<ListedDiscount[]> {
  const isOver = sql<boolean>`coalesce(${discounts.endsAt} <= now(), false)`
  return db
    .select({
      id: discounts.id,
      code: discounts.code,
      label: discounts.label,
      kind: discounts.kind,
      value: discounts.value,
      minimumMinor: discounts.minimumMinor,
      scope: discounts.scope,
      startsAt: discounts.startsAt,
      endsAt: discounts.endsAt,
      usesMax: discounts.usesMax,
      usesMaxPerBuyer: discounts.usesMaxPerBuyer,
      active: discounts.active,
      version: discounts.version,
      createdAt: discounts.createdAt,
      used,
      grantedMinor: granted,
      isOver,
      isComing: sql<boolean>`${discounts.startsAt} > now()`,
    })
    .from(discounts)
    .orderBy(desc(sql`${discounts.active} and not ${isOver}`), desc(discounts.id))
    .limit(limit)
}

export interface DiscountDetail {
  readonly discount: DiscountRow
  readonly productSlugs: readonly string[]
  readonly categoryIds: readonly number[]
}

/** `lock` for whoever is going to change it. */
export async function findDiscount(db: Queryable, id: number, lock = false): Promise<DiscountDetail | null> {
  const query = db.select().from(discounts).where(eq(discounts.id, id))
  const [discount] = await (lock ? query.for('no key update') : query)
  if (!discount) return null
  const slugs = await db
    .select({ slug: products.slug })
    .from(discountProducts)
    .innerJoin(products, eq(products.id, discountProducts.productId))
    .where(eq(discountProducts.discountId, id))
    .orderBy(asc(products.slug))
  const chosen = await db
    .select({ categoryId: discountCategories.categoryId })
    .from(discountCategories)
    .where(eq(discountCategories.discountId, id))
    .orderBy(asc(discountCategories.categoryId))
  return {
    discount,
    productSlugs: slugs.map(({ slug }) => slug),
    categoryIds: chosen.map(({ categoryId }) => categoryId),
  }
}

/** Products by their addresses. */
export async function findProductIds(db: Queryable, slugs: readonly string[]): Promise<Map<string, number>> {
  if (slugs.length === 0) return new Map()
  const rows = await db
    .select({ slug: products.slug, id: products.id })
    .from(products)
    .where(inArray(products.slug, [...slugs]))
  return new Map(rows.map(({ slug, id }) => [slug, id]))
}

export async function insertDiscount(tx: Transaction, draft: DiscountDraft): Promise<number> {
  const [row] = await tx.insert(discounts).values(columnsOf(draft)).returning({ id: discounts.id })
  if (!row) throw new Error('the discount was not inserted')
  return row.id
}

export async function updateDiscount(tx: Transaction, id: number, draft: DiscountDraft): Promise<void> {
  await tx
    .update(discounts)
    .set({ ...columnsOf(draft), version: sql`${discounts.version} + 1` })
    .where(eq(discounts.id, id))
}

/** What it is for, anew. */
export async function setDiscountTargets(
  tx: Transaction,
  discountId: number,
  { productIds, categoryIds }: { productIds: readonly number[]; categoryIds: readonly number[] },
): Promise<void> {
  await tx.delete(discountProducts).where(eq(discountProducts.discountId, discountId))
  await tx.delete(discountCategories).where(eq(discountCategories.discountId, discountId))
  if (productIds.length > 0) {
    await tx.insert(discountProducts).values(productIds.map((productId) => ({ discountId, productId })))
  }
  if (categoryIds.length > 0) {
    await tx.insert(discountCategories).values(categoryIds.map((categoryId) => ({ discountId, categoryId })))
  }
}

/** The names of the discounts that are for this category. */
export async function namesOfDiscountsFor(db: Queryable, categoryId: number): Promise<string[]> {
  const rows = await db
    .select({ label: discounts.label })
    .from(discountCategories)
    .innerJoin(discounts, eq(discounts.id, discountCategories.discountId))
    .where(eq(discountCategories.categoryId, categoryId))
    .orderBy(discounts.label)
  return rows.map(({ label }) => label)
}

/** Whether another discount has this code. */
export async function isCodeTaken(db: Queryable, code: string, exceptId: number | null): Promise<boolean> {
  const [row] = await db
    .select({ id: discounts.id })
    .from(discounts)
    .where(and(eq(discounts.code, code), sql`${discounts.id} is distinct from ${exceptId}::int`))
  return row !== undefined
}

function columnsOf({ productSlugs: _slugs, categoryIds: _ids, ...columns }: DiscountDraft) {
  return columns
}
