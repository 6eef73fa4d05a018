import { and, asc, eq, inArray, isNotNull, lte, ne, sql, type SQL, type SQLWrapper } from 'drizzle-orm'

import type { RefundState } from '@/lib/domain/refund'
import type { PlannedRefundItem, RefundableOrder } from '@/lib/domain/refund-request'

import type { Queryable, Transaction } from '../client'
import { orderItems, orders } from '../schema/orders'
import { refundItems, refunds } from '../schema/refunds'
import { oldestFirst } from './oldest-first'

export type Refund = typeof refunds.$inferSelect
export type NewRefund = Pick<typeof refunds.$inferInsert, 'noteToPayer' | 'orderId' | 'deliveryMinor' | 'isRest'> & {
  readonly id: string
  readonly paypalCaptureId: string
  readonly amountMinor: number
  readonly currency: string
  readonly reason: Refund['reason']
}

/** A refund that PayPal has not heard of, due at once. */
export async function insertRefund(
  tx: Transaction,
  refund: NewRefund,
  items: readonly (PlannedRefundItem & { readonly orderId: string })[] = [],
): Promise<Refund> {
  const [row] = await tx
    .insert(refunds)
    .values({ ...refund, state: 'pending', nextActionAt: sql`now()` })
    .returning()
  if (!row) throw new Error('the refund was not inserted')
  if (items.length > 0) await tx.insert(refundItems).values(items.map((item) => ({ ...item, refundId: refund.id })))
  return row
}

/** A refund that was made at PayPal and is new to us. */
export async function insertForeignRefund(
  tx: Transaction,
  refund: NewRefund & { readonly paypalRefundId: string },
): Promise<Refund> {
  const [row] = await tx
    .insert(refunds)
    .values({ ...refund, state: 'sent', nextActionAt: sql`now() + interval '1 hour'` })
    .returning()
  if (!row) throw new Error('the refund was not inserted')
  return row
}

export async function findRefund(db: Queryable, id: string): Promise<Refund | null> {
  const [row] = await db.select().from(refunds).where(eq(refunds.id, id))
  return row ?? null
}

export async function findRefundAtPayPal(db: Queryable, paypalRefundId: string): Promise<Refund | null> {
  const [row] = await db.select().from(refunds).where(eq(refunds.paypalRefundId, paypalRefundId))
  return row ?? null
}

export async function listRefundsOfCapture(db: Queryable, paypalCaptureId: string): Promise<Refund[]> {
  return db
    .select()
    .from(refunds)
    .where(eq(refunds.paypalCaptureId, paypalCaptureId))
    .orderBy(asc(refunds.createdAt), asc(refunds.id))
}

export async function listRefundItems(db: Queryable, refundId: string) {
  return db
    .select({
      variantId: orderItems.variantId,
      productName: orderItems.productName,
      sku: orderItems.sku,
      quantity: refundItems.quantity,
      amountMinor: refundItems.amountMinor,
      restock: refundItems.restock,
    })
    .from(refundItems)
    .innerJoin(
      orderItems,
      and(eq(orderItems.orderId, refundItems.orderId), eq(orderItems.position, refundItems.position)),
    )
    .where(eq(refundItems.refundId, refundId))
    .orderBy(asc(refundItems.position))
}

/** What can still go back of an order; the caller holds the capture's lock. */
export async function readRefundableOrder(
  tx: Transaction,
  orderId: string,
): Promise<{ order: RefundableOrder; paypalCaptureId: string; currency: string } | null> {
  const [row] = await tx.select().from(orders).where(eq(orders.id, orderId))
  if (!row) return null
  const [sum] = await tx
    .select({
      minor: sql<string>`coalesce(sum(${refunds.amountMinor} - ${refunds.returnedMinor}), 0)`,
      deliveryMinor: sql<string>`coalesce(sum(${refunds.deliveryMinor}), 0)`,
    })
    .from(refunds)
    .where(and(eq(refunds.paypalCaptureId, row.paypalCaptureId), ne(refunds.state, 'failed')))
  const items = await tx
    .select({
      position: orderItems.position,
      quantity: orderItems.quantity,
      lineTotalMinor: orderItems.lineTotalMinor,
      refundedQuantity: sql<number>`coalesce(sum(${refundItems.quantity}) filter (where ${refunds.state} <> 'failed'), 0)::int`,
    })
    .from(orderItems)
    .leftJoin(
      refundItems,
      and(eq(refundItems.orderId, orderItems.orderId), eq(refundItems.position, orderItems.position)),
    )
    .leftJoin(refunds, eq(refunds.id, refundItems.refundId))
    .where(eq(orderItems.orderId, orderId))
    .groupBy(orderItems.orderId, orderItems.position)
    .orderBy(asc(orderItems.position))
  const { totalMinor, deliveryMinor, paypalCaptureId, currency } = row
  return {
    order: {
      totalMinor,
      deliveryMinor,
      refundedMinor: Number(sum?.minor ?? 0),
      refundedDeliveryMinor: Number(sum?.deliveryMinor ?? 0),
      items,
    },
    paypalCaptureId,
    currency,
  }
}

/** Longer than the calls one try can make, as with attempts. */
const LEASE = sql`interval '45 seconds'`

/** Refunds that are due, leased to the caller. */
export async function claimDueRefunds(db: Queryable, limit: number): Promise<Refund[]> {
  const due = db
    .select({ id: refunds.id })
    .from(refunds)
    .where(and(isNotNull(refunds.nextActionAt), lte(refunds.nextActionAt, sql`now()`)))
    .orderBy(asc(refunds.nextActionAt), asc(refunds.id))
    .limit(limit)
    .for('update', { skipLocked: true })
  return lease(db, due)
}

/** One refund that is due, leased: for whoever has just asked for it. */
export async function claimRefund(db: Queryable, id: string): Promise<Refund | null> {
  const due = db
    .select({ id: refunds.id })
    .from(refunds)
    .where(and(eq(refunds.id, id), lte(refunds.nextActionAt, sql`now()`)))
    .for('update', { skipLocked: true })
  return (await lease(db, due))[0] ?? null
}

async function lease(db: Queryable, due: SQLWrapper): Promise<Refund[]> {
  const claimed = await db
    .update(refunds)
    .set({ nextActionAt: sql`now() + ${LEASE}`, tries: sql`${refunds.tries} + 1` })
    .where(sql`${refunds.id} in ${due}`)
    .returning()
  return oldestFirst(claimed)
}

/** Moves a refund on; a trigger refuses moves that are not in REFUND_MOVES. Null when it is no longer in `from`. */
export async function moveRefund(
  tx: Transaction,
  id: string,
  from: RefundState,
  to: { state: RefundState; paypalRefundId?: string; lastIssue?: string | null },
): Promise<Refund | null> {
  const next = {
    pending: sql`now()`,
    sent: sql`now() + interval '1 hour'`,
    completed: null,
    failed: null,
  }[to.state]
  const [row] = await tx
    .update(refunds)
    .set({ ...to, nextActionAt: next, completedAt: to.state === 'completed' ? sql`now()` : null })
    .where(and(eq(refunds.id, id), eq(refunds.state, from)))
    .returning()
  return row ?? null
}

/**
 * Takes a refund up again as another request to PayPal, for `amountMinor`, when it is still in `from`: one that had failed, or one
 * for the rest of which part has gone back meanwhile. False when it has moved on.
 */
export async function takeUpRefund(
  tx: Transaction,
  id: string,
  from: Extract<RefundState, 'pending' | 'failed'>,
  amountMinor: number,
): Promise<boolean> {
  const rows = await tx
    .update(refunds)
    .set({
      state: 'pending',
      amountMinor,
      deliveryMinor: sql`least(${refunds.deliveryMinor}, ${amountMinor})`,
      sendSeq: sql`${refunds.sendSeq} + 1`,
      tries: 0,
      paypalRefundId: null,
      nextActionAt: sql`now()`,
    })
    .where(and(eq(refunds.id, id), eq(refunds.state, from)))
    .returning({ id: refunds.id })
  return rows.length > 0
}

/** What was taken for a refund made at PayPal is what a bank took back. */
export async function markReversal(tx: Transaction, id: string): Promise<void> {
  await tx.update(refunds).set({ reason: 'reversal' }).where(eq(refunds.id, id))
}

/** Whether an order has the pieces and the delivery charge that a refund is for, besides those of its other refunds. */
export async function refundFitsOrder(tx: Transaction, refundId: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    select 1 from refund_items own
    join order_items o on o.order_id = own.order_id and o.position = own.position
    where own.refund_id = ${refundId} and o.quantity < own.quantity + coalesce((
      select sum(i.quantity) from refund_items i join refunds r on r.id = i.refund_id
      where i.order_id = own.order_id and i.position = own.position and i.refund_id <> own.refund_id and r.state <> 'failed'
    ), 0)
    union all
    select 1 from refunds own join orders o on o.id = own.order_id
    where own.id = ${refundId} and own.delivery_minor > 0 and o.delivery_minor < own.delivery_minor + coalesce((
      select sum(r.delivery_minor) from refunds r where r.order_id = own.order_id and r.id <> own.id and r.state <> 'failed'
    ), 0)`)
  return rows.rows.length === 0
}

/**
 * The refunds for which `refundId` stands as well: failed like it, of the same capture and for the same, down to the pieces.
 * Oldest first, with whether a person has yet to decide about it.
 */
export async function listSameRefused(
  tx: Transaction,
  refundId: string,
): Promise<{ readonly id: string; readonly isUndecided: boolean }[]> {
  const pieces = (id: SQL) => sql`(select jsonb_agg(jsonb_build_array(position, quantity) order by position)
    from refund_items where refund_id = ${id})`
  const { rows } = await tx.execute<{ id: string; isUndecided: boolean }>(sql`
    select other.id, exists (
      select 1 from payment_incidents i where i.key = 'refund_refused:' || other.id and i.resolution is null
    ) as "isUndecided"
    from refunds own join refunds other on other.paypal_capture_id = own.paypal_capture_id and other.id <> own.id
      and other.state = 'failed' and other.amount_minor = own.amount_minor and other.delivery_minor = own.delivery_minor
      and other.currency = own.currency and other.reason = own.reason
    where own.id = ${refundId} and ${pieces(sql`other.id`)} is not distinct from ${pieces(sql`own.id`)}
    order by other.created_at, other.id`)
  return rows
}

/** Minor units of a capture that have gone back and stayed away. */
export async function sumGoneBack(db: Queryable, paypalCaptureId: string): Promise<number> {
  const [sum] = await db
    .select({ minor: sql<string>`coalesce(sum(${refunds.amountMinor} - ${refunds.returnedMinor}), 0)` })
    .from(refunds)
    .where(and(eq(refunds.paypalCaptureId, paypalCaptureId), eq(refunds.state, 'completed')))
  return Number(sum?.minor ?? 0)
}

export async function postponeRefund(db: Queryable, id: string, seconds: number, lastIssue: string): Promise<void> {
  await db
    .update(refunds)
    .set({ nextActionAt: sql`now() + make_interval(secs => ${seconds})`, lastIssue })
    .where(and(eq(refunds.id, id), inArray(refunds.state, ['pending', 'sent'])))
}
