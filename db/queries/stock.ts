import { and, asc, eq, inArray, sql } from 'drizzle-orm'

import { sameAvailability } from '@/lib/domain/catalog'
import type { StockReason } from '@/lib/domain/stock-reason'

import type { Transaction } from '../client'
import { products, stock, variants } from '../schema/catalog'
import { stockHolds } from '../schema/payments'
import { noteCatalogueChange } from './outbox'

export interface StockLine {
  readonly variantId: number
  readonly quantity: number
}

interface StockMove {
  readonly variantId: number
  readonly before: number
  readonly after: number
}

/** Every writer of stock goes through the variants in this order, so that two of them cannot deadlock. */
function inLockOrder<Line extends StockLine>(lines: readonly Line[]): Line[] {
  return lines.toSorted((a, b) => a.variantId - b.variantId)
}

/**
 * Holds stock for an attempt, line by line. Returns the variants of which there is not enough; the caller then rolls
 * back. The condition is evaluated on the newest row after any lock wait, so two buyers cannot both get the last piece.
 */
export async function holdStock(
  tx: Transaction,
  attemptId: string,
  lines: readonly StockLine[],
): Promise<{ shortVariantIds: number[] }> {
  const shortVariantIds: number[] = []
  const moves: StockMove[] = []
  for (const { variantId, quantity } of inLockOrder(lines)) {
    const [row] = await tx
      .update(stock)
      .set({ held: sql`${stock.held} + ${quantity}` })
      .where(and(eq(stock.variantId, variantId), sql`${stock.onHand} - ${stock.held} >= ${quantity}`))
      .returning({ available: sql<number>`${stock.onHand} - ${stock.held}` })
    if (row) moves.push({ variantId, before: row.available + quantity, after: row.available })
    else shortVariantIds.push(variantId)
  }
  if (shortVariantIds.length > 0) return { shortVariantIds }
  await tx
    .insert(stockHolds)
    .values(lines.map(({ variantId, quantity }) => ({ attemptId, variantId, quantity, state: 'held' as const })))
  await noteAvailabilityChanges(tx, moves)
  return { shortVariantIds }
}

/** Gives an attempt's held stock back to the shelf. Does nothing when it was released or consumed before. */
export async function releaseHolds(tx: Transaction, attemptId: string): Promise<void> {
  const moves: StockMove[] = []
  for (const { variantId, quantity } of await endHolds(tx, attemptId, 'released')) {
    const [row] = await tx
      .update(stock)
      .set({ held: sql`${stock.held} - ${quantity}` })
      .where(eq(stock.variantId, variantId))
      .returning({ available: sql<number>`${stock.onHand} - ${stock.held}` })
    if (row) moves.push({ variantId, before: row.available - quantity, after: row.available })
  }
  await noteAvailabilityChanges(tx, moves)
}

/** Turns held stock into sold stock. What is available does not change by it. */
export async function consumeHolds(tx: Transaction, attemptId: string): Promise<void> {
  await nameStockReason(tx, 'sale', attemptId)
  for (const { variantId, quantity } of await endHolds(tx, attemptId, 'consumed')) {
    await tx
      .update(stock)
      .set({ onHand: sql`${stock.onHand} - ${quantity}`, held: sql`${stock.held} - ${quantity}` })
      .where(eq(stock.variantId, variantId))
  }
}

async function endHolds(tx: Transaction, attemptId: string, state: 'released' | 'consumed'): Promise<StockLine[]> {
  const rows = await tx
    .update(stockHolds)
    .set({ state })
    .where(and(eq(stockHolds.attemptId, attemptId), eq(stockHolds.state, 'held')))
    .returning({ variantId: stockHolds.variantId, quantity: stockHolds.quantity })
  return inLockOrder(rows)
}

/** Locks the variants and tells whether all of `lines` could be taken without a hold. */
export async function isStockFree(tx: Transaction, lines: readonly StockLine[]): Promise<boolean> {
  const rows = await tx
    .select({ variantId: stock.variantId, available: sql<number>`${stock.onHand} - ${stock.held}` })
    .from(stock)
    .where(
      inArray(
        stock.variantId,
        lines.map((line) => line.variantId),
      ),
    )
    .orderBy(asc(stock.variantId))
    .for('update')
  const available = new Map(rows.map((row) => [row.variantId, row.available]))
  return lines.every((line) => (available.get(line.variantId) ?? 0) >= line.quantity)
}

/** Takes stock for a late order whose hold is gone. Only after `isStockFree` in the same transaction. */
export async function takeFreeStock(tx: Transaction, attemptId: string, lines: readonly StockLine[]): Promise<void> {
  await nameStockReason(tx, 'sale', attemptId)
  await changeOnHand(
    tx,
    lines.map(({ variantId, quantity }) => ({ variantId, quantity: -quantity })),
  )
}

/** Puts refunded pieces back on the shelf. */
export async function restock(tx: Transaction, refundId: string, lines: readonly StockLine[]): Promise<void> {
  await nameStockReason(tx, 'restock', refundId)
  await changeOnHand(tx, lines)
}

async function changeOnHand(tx: Transaction, changes: readonly StockLine[]): Promise<void> {
  const moves: StockMove[] = []
  for (const { variantId, quantity } of inLockOrder(changes)) {
    const [row] = await tx
      .update(stock)
      .set({ onHand: sql`${stock.onHand} + ${quantity}` })
      .where(eq(stock.variantId, variantId))
      .returning({ available: sql<number>`${stock.onHand} - ${stock.held}` })
    if (row) moves.push({ variantId, before: row.available - quantity, after: row.available })
  }
  await noteAvailabilityChanges(tx, moves)
}

/** What staff did to the shelf: `ref` is their form or their import. */
export interface StockAct {
  readonly reason: StockReason
  readonly ref: string
  readonly note: string
  readonly actorEmail: string
}

/** Puts pieces on the shelf or takes them off. The database refuses to go below what is held. */
export async function moveStock(tx: Transaction, act: StockAct, changes: readonly StockLine[]): Promise<void> {
  await nameStockReason(tx, act.reason, act.ref, act)
  await changeOnHand(tx, changes)
}

/** Puts the first pieces of new variants on their shelves. */
export async function openShelves(
  tx: Transaction,
  act: StockAct,
  shelves: readonly { variantId: number; onHand: number }[],
): Promise<void> {
  await nameStockReason(tx, act.reason, act.ref, act)
  if (shelves.length > 0) await tx.insert(stock).values([...shelves])
}

/**
 * Moves many shelves at once, in the order in which everybody locks them. Answers the variants of which running payments hold more
 * than would be left; then nothing is moved. The caller tells the shop's pages.
 */
export async function moveManyShelves(
  tx: Transaction,
  act: StockAct,
  changes: readonly StockLine[],
): Promise<number[]> {
  await nameStockReason(tx, act.reason, act.ref, act)
  const lines = inLockOrder(changes)
  const ids = sql.param(lines.map(({ variantId }) => variantId))
  const quantities = sql.param(lines.map(({ quantity }) => quantity))
  const wanted = sql`unnest(${ids}::int[], ${quantities}::int[]) as w(variant_id, quantity)`
  await tx.execute(sql`select 1 from stock where variant_id = any(${ids}::int[]) order by variant_id for update`)
  const { rows } = await tx.execute<{ variantId: number }>(sql`
    select s.variant_id as "variantId" from stock s join ${wanted} using (variant_id) where s.on_hand + w.quantity < s.held`)
  if (rows.length > 0) return rows.map(({ variantId }) => variantId)
  await tx.execute(sql`
    update stock s set on_hand = s.on_hand + w.quantity from ${wanted} where s.variant_id = w.variant_id`)
  return []
}

/** What the trigger that records stock movements writes beside the changes that follow in this transaction. */
async function nameStockReason(
  tx: Transaction,
  reason: StockReason,
  ref: string,
  { note, actorEmail }: Pick<StockAct, 'note' | 'actorEmail'> = { note: '', actorEmail: '' },
): Promise<void> {
  await tx.execute(sql`select
    set_config('cartwright.stock_reason', ${reason}, true), set_config('cartwright.stock_ref', ${ref}, true),
    set_config('cartwright.stock_note', ${note}, true), set_config('cartwright.stock_actor', ${actorEmail}, true)`)
}

/** Queues the pages that say something else now ("sold out", "only 2 left"), in the transaction that changed it. */
async function noteAvailabilityChanges(tx: Transaction, moves: readonly StockMove[]): Promise<void> {
  const visible = moves.filter((move) => !sameAvailability(move.before, move.after)).map((move) => move.variantId)
  if (visible.length === 0) return
  const rows = await tx
    .selectDistinct({ slug: products.slug })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(inArray(variants.id, visible))
  await noteCatalogueChange(
    tx,
    rows.map((row) => row.slug),
  )
}
