import { and, asc, desc, eq, inArray, max, sql } from 'drizzle-orm'

import type { ReceivedLine, ReturnableItem, ReturnLine, ReturnReason, ReturnState } from '@/lib/domain/return'
import type { TimeCursor } from '@/lib/domain/time-cursor'

import type { Queryable, Transaction } from '../client'
import { orderItems, orders } from '../schema/orders'
import { shipments } from '../schema/fulfilment'
import { returnItems, returns } from '../schema/returns'
import { listFulfillableItems } from './fulfilment'

export type ReturnRow = typeof returns.$inferSelect

export interface ReturnedItem {
  readonly position: number
  readonly productName: string
  readonly sku: string
  readonly options: readonly { readonly name: string; readonly value: string }[]
  readonly quantity: number
  readonly receivedQuantity: number | null
  readonly condition: (typeof returnItems.$inferSelect)['condition']
  readonly restock: boolean | null
}

/** What a buyer may still send back is judged by this; the caller holds the order's lock when it matters. */
export async function readReturnable(
  db: Queryable,
  orderId: string,
): Promise<{ items: ReturnableItem[]; deliveredAt: Date | null; lastShippedAt: Date | null; returnsSoFar: number }> {
  const [row] = await db
    .select({ deliveredAt: orders.deliveredAt, lastShippedAt: max(shipments.shippedAt) })
    .from(orders)
    .leftJoin(shipments, eq(shipments.orderId, orders.id))
    .where(eq(orders.id, orderId))
    .groupBy(orders.id)
  const comingBack = await db
    .select({
      position: returnItems.position,
      quantity: sql<number>`sum(coalesce(${returnItems.receivedQuantity}, ${returnItems.quantity}))::int`,
    })
    .from(returnItems)
    .innerJoin(returns, eq(returns.id, returnItems.returnId))
    .where(and(eq(returnItems.orderId, orderId), sql`${returns.state} <> 'refused'`))
    .groupBy(returnItems.position)
  const items = await listFulfillableItems(db, orderId)
  return {
    deliveredAt: row?.deliveredAt ?? null,
    lastShippedAt: row?.lastShippedAt ?? null,
    returnsSoFar: await db.$count(returns, eq(returns.orderId, orderId)),
    items: items.map(({ position, quantity, shippedQuantity, refundedQuantity, returnedQuantity }) => ({
      position,
      quantity,
      shippedQuantity,
      refundedQuantity,
      returnedQuantity,
      comingBackQuantity: comingBack.find((each) => each.position === position)?.quantity ?? 0,
    })),
  }
}

export async function insertReturn(
  tx: Transaction,
  asked: { id: string; orderId: string; reason: ReturnReason; note: string },
  lines: readonly ReturnLine[],
): Promise<void> {
  await tx.insert(returns).values(asked)
  await tx.insert(returnItems).values(lines.map((line) => ({ ...line, returnId: asked.id, orderId: asked.orderId })))
}

export async function findReturn(db: Queryable, id: string): Promise<ReturnRow | null> {
  const [row] = await db.select().from(returns).where(eq(returns.id, id))
  return row ?? null
}

/** The database refuses a move that a return's life does not have. */
export async function moveReturn(
  tx: Transaction,
  id: string,
  to:
    | { state: 'approved' | 'refused'; answer: string }
    | { state: 'received' }
    | { state: 'refunded'; refundId: string },
): Promise<void> {
  const times = {
    approved: { answeredAt: sql`now()` },
    refused: { answeredAt: sql`now()` },
    received: { receivedAt: sql`now()` },
    refunded: {},
  }[to.state]
  await tx
    .update(returns)
    .set({ ...to, ...times })
    .where(eq(returns.id, id))
}

/** What was found in the parcel, while it is still awaited. */
export async function writeFound(tx: Transaction, returnId: string, lines: readonly ReceivedLine[]): Promise<void> {
  for (const { position, quantity, condition, restock } of lines) {
    await tx
      .update(returnItems)
      .set({ receivedQuantity: quantity, condition, restock })
      .where(and(eq(returnItems.returnId, returnId), eq(returnItems.position, position)))
  }
}

export async function listReturnItems(db: Queryable, returnId: string): Promise<ReturnedItem[]> {
  return db
    .select({
      position: returnItems.position,
      productName: orderItems.productName,
      sku: orderItems.sku,
      options: orderItems.options,
      quantity: returnItems.quantity,
      receivedQuantity: returnItems.receivedQuantity,
      condition: returnItems.condition,
      restock: returnItems.restock,
    })
    .from(returnItems)
    .innerJoin(
      orderItems,
      and(eq(orderItems.orderId, returnItems.orderId), eq(orderItems.position, returnItems.position)),
    )
    .where(eq(returnItems.returnId, returnId))
    .orderBy(asc(returnItems.position))
}

export async function listReturnsOfOrder(db: Queryable, orderNumber: string): Promise<ReturnRow[]> {
  const rows = await db
    .select({ row: returns })
    .from(returns)
    .innerJoin(orders, eq(orders.id, returns.orderId))
    .where(eq(orders.orderNumber, orderNumber))
    .orderBy(asc(returns.askedAt), asc(returns.id))
  return rows.map(({ row }) => row)
}

export interface ListedReturn {
  readonly id: string
  readonly orderNumber: string
  readonly name: string
  readonly email: string
  readonly state: ReturnState
  readonly reason: ReturnReason
  readonly askedAt: Date
  /** To the microsecond, as the database has it. */
  readonly askedAtText: string
  readonly pieces: number
}

/** Those of these states, behind `after`: the oldest that waits first, or, of those that are over, the newest. */
export async function listReturns(
  db: Queryable,
  states: readonly ReturnState[],
  { limit, newestFirst, after }: { limit: number; newestFirst: boolean; after: TimeCursor | null },
): Promise<ListedReturn[]> {
  const directed = newestFirst ? desc : asc
  const order = [directed(returns.askedAt), directed(returns.id)]
  const isBehind = after
    ? sql`(r.asked_at, r.id) ${sql.raw(newestFirst ? '<' : '>')} (${after.at}::timestamptz, ${after.id}::uuid)`
    : sql`true`
  const direction = sql.raw(newestFirst ? 'desc' : 'asc')
  // Each state along its index, so that a page does not read all that is over.
  const page = sql`select page.id from unnest(${sql.param([...states])}::text[]) as wanted (state) cross join lateral (
    select r.id from returns r where r.state = wanted.state and ${isBehind}
    order by r.asked_at ${direction}, r.id ${direction} limit ${limit}) as page`
  return db
    .select({
      id: returns.id,
      orderNumber: orders.orderNumber,
      name: orders.addressName,
      email: orders.email,
      state: returns.state,
      reason: returns.reason,
      askedAt: returns.askedAt,
      askedAtText: sql<string>`${returns.askedAt}::text`,
      pieces: sql<number>`(select sum(i.quantity) from return_items i where i.return_id = ${returns.id})::int`,
    })
    .from(returns)
    .innerJoin(orders, eq(orders.id, returns.orderId))
    .where(sql`${returns.id} in (${page})`)
    .orderBy(...order)
    .limit(limit)
}

export async function countReturns(db: Queryable, states: readonly ReturnState[]): Promise<number> {
  return db.$count(returns, inArray(returns.state, [...states]))
}
