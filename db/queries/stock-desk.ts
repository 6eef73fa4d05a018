import { and, desc, eq, lt, sql, type SQL } from 'drizzle-orm'

import { LOW_STOCK_MAX } from '@/lib/domain/catalog'
import type { Shelf } from '@/lib/domain/stock-adjustment'
import type { StockFilter } from '@/lib/domain/stock-filter'

import type { Queryable, Transaction } from '../client'
import { products, stock, variants } from '../schema/catalog'
import { stockMovements } from '../schema/stock-movements'

export interface StockRow {
  readonly variantId: number
  readonly sku: string
  readonly productId: number
  readonly productName: string
  readonly productSlug: string
  readonly isSold: boolean
  readonly onHand: number
  readonly held: number
  readonly lowStockAt: number | null
}

const columns = {
  variantId: variants.id,
  sku: variants.sku,
  productId: products.id,
  productName: products.name,
  productSlug: products.slug,
  isSold: sql<boolean>`${variants.active} and ${products.state} = 'active'`,
  onHand: stock.onHand,
  held: stock.held,
  lowStockAt: variants.lowStockAt,
}

const free = sql`(${stock.onHand} - ${stock.held})`
const isLow = sql`${variants.active} and ${products.state} = 'active'
  and ${free} <= coalesce(${variants.lowStockAt}, ${LOW_STOCK_MAX})`

/** A page of variants by SKU; `after` is the last SKU of the page before. */
export async function listStock(
  db: Queryable,
  { search, show }: StockFilter,
  { after, limit }: { after: string | null; limit: number },
): Promise<StockRow[]> {
  return db
    .select(columns)
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(stock, eq(stock.variantId, variants.id))
    .where(
      and(
        ...(after === null ? [] : [sql`${variants.sku} > ${after}`]),
        ...(search ? [matches(search)] : []),
        ...(show === 'low' ? [isLow] : []),
        ...(show === 'out' ? [sql`${isLow} and ${free} <= 0`] : []),
      ),
    )
    .orderBy(variants.sku)
    .limit(limit)
}

/** By how a SKU begins, or by any part of the product's name. */
function matches(text: string): SQL {
  const escaped = text.replaceAll(/[\\%_]/g, String.raw`\$&`)
  return sql`(lower(${variants.sku}) like lower(${`${escaped}%`}) or lower(${products.name}) like lower(${`%${escaped}%`}))`
}

/** How many variants on sale run low, counted no further than `most`. */
export async function countLow(db: Queryable, most: number): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from (
      select 1 from ${variants} join ${products} on ${products.id} = ${variants.productId}
      join ${stock} on ${stock.variantId} = ${variants.id} where ${isLow} limit ${most}
    ) low`)
  return rows[0]?.n ?? 0
}

export async function findStockRow(db: Queryable, variantId: number): Promise<StockRow | null> {
  const [row] = await db
    .select(columns)
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(stock, eq(stock.variantId, variants.id))
    .where(eq(variants.id, variantId))
  return row ?? null
}

/** The shelf of a variant for the length of the transaction: whoever buys or adjusts waits. */
export async function lockShelf(tx: Transaction, variantId: number): Promise<Shelf | null> {
  const [row] = await tx
    .select({ onHand: stock.onHand, held: stock.held })
    .from(stock)
    .where(eq(stock.variantId, variantId))
    .for('update')
  return row ? { ...row, lastMovementId: await findLastMovementId(tx, variantId) } : null
}

/** 0 when none was made yet. */
export async function findLastMovementId(db: Queryable, variantId: number): Promise<number> {
  const [last] = await listMovements(db, variantId, { before: null, limit: 1 })
  return last?.id ?? 0
}

export interface Movement {
  readonly id: number
  readonly quantity: number
  readonly reason: string
  readonly ref: string | null
  readonly note: string | null
  readonly actorEmail: string | null
  readonly movedAt: Date
  /** Pieces on the shelf after it. */
  readonly left: number
}

/** The newest first. What was left after each is counted back from what is on the shelf now. */
export async function listMovements(
  db: Queryable,
  variantId: number,
  { before, limit }: { before: number | null; limit: number },
): Promise<Movement[]> {
  const sumFrom = (id: SQL) => sql`(select coalesce(sum(${stockMovements.quantity}), 0) from ${stockMovements}
    where ${stockMovements.variantId} = ${variantId} and ${stockMovements.id} >= ${id})`
  const page = db
    .select()
    .from(stockMovements)
    .where(and(eq(stockMovements.variantId, variantId), ...(before === null ? [] : [lt(stockMovements.id, before)])))
    .orderBy(desc(stockMovements.id))
    .limit(limit)
    .as('page')
  const later = sql`coalesce(sum(${page.quantity}) over (order by ${page.id} desc
    rows between unbounded preceding and 1 preceding), 0)`
  return db
    .select({
      id: page.id,
      quantity: page.quantity,
      reason: page.reason,
      ref: page.ref,
      note: page.note,
      actorEmail: page.actorEmail,
      movedAt: page.movedAt,
      left: sql<number>`(${stock.onHand} - ${before === null ? sql`0` : sumFrom(sql`${before}`)} - ${later})::int`,
    })
    .from(page)
    .innerJoin(stock, eq(stock.variantId, page.variantId))
    .orderBy(desc(page.id))
}

/** Whether this very form was taken before. */
export async function isAdjusted(tx: Transaction, variantId: number, ref: string): Promise<boolean> {
  const rows = await tx
    .select({ id: stockMovements.id })
    .from(stockMovements)
    .where(and(eq(stockMovements.variantId, variantId), eq(stockMovements.ref, ref)))
    .limit(1)
  return rows.length > 0
}
