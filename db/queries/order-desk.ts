import { and, asc, desc, eq, isNull, sql, type SQL } from 'drizzle-orm'

import type { Queryable } from '../client'
import { disputes, orderHolds } from '../schema/disputes'
import { paymentIncidents } from '../schema/incidents'
import { orders } from '../schema/orders'
import { paymentAttempts, paymentCaptures } from '../schema/payments'
import { refunds } from '../schema/refunds'

/** What PayPal holds, keeps and has given back of an order, in minor units. */
export interface OrderMoney {
  readonly capturedMinor: number
  /** Null until PayPal has told it. */
  readonly feeMinor: number | null
  readonly refundedMinor: number
  /** How much of that is the delivery charge. */
  readonly refundedDeliveryMinor: number
  readonly paypalOrderId: string | null
  readonly capturedAt: Date
}

export async function readOrderMoney(db: Queryable, orderId: string): Promise<OrderMoney | null> {
  const [row] = await db
    .select({
      capturedMinor: paymentCaptures.amountMinor,
      feeMinor: paymentCaptures.feeMinor,
      paypalOrderId: paymentAttempts.paypalOrderId,
      capturedAt: paymentCaptures.recordedAt,
      refundedMinor: goneBack(sql`r.amount_minor`),
      refundedDeliveryMinor: goneBack(sql`r.delivery_minor`),
    })
    .from(orders)
    .innerJoin(paymentCaptures, eq(paymentCaptures.paypalCaptureId, orders.paypalCaptureId))
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, orders.attemptId))
    .where(eq(orders.id, orderId))
  if (!row) return null
  const { refundedMinor, refundedDeliveryMinor } = row
  return { ...row, refundedMinor: Number(refundedMinor), refundedDeliveryMinor: Number(refundedDeliveryMinor) }
}

/** The sum of the capture's refunds: those that went back or are on their way, without what a bank has given back since. */
function goneBack(part: SQL): SQL<string> {
  return sql<string>`(select coalesce(sum(${part}), 0) from refunds r
    where r.paypal_capture_id = ${paymentCaptures.paypalCaptureId} and r.state <> 'failed')`
}

export async function listRefundsOfOrder(db: Queryable, orderId: string) {
  return db
    .select({
      id: refunds.id,
      state: refunds.state,
      reason: refunds.reason,
      amountMinor: refunds.amountMinor,
      createdAt: refunds.createdAt,
      completedAt: refunds.completedAt,
      lastIssue: refunds.lastIssue,
      returnedMinor: refunds.returnedMinor,
    })
    .from(refunds)
    .where(eq(refunds.orderId, orderId))
    .orderBy(asc(refunds.createdAt))
}

export async function listDisputesOfOrder(db: Queryable, orderId: string) {
  return db.select().from(disputes).where(eq(disputes.orderId, orderId)).orderBy(desc(disputes.openedAt))
}

/** What waits for a person, counted. */
export interface Waiting {
  readonly toPack: number
  readonly packing: number
  readonly held: number
  readonly disputes: number
  readonly incidents: number
}

export async function countWaiting(db: Queryable): Promise<Waiting> {
  const inState = (state: 'created' | 'processing') => db.$count(orders, eq(orders.state, state))
  const [toPack, packing, held, openDisputes, incidents] = await Promise.all([
    inState('created'),
    inState('processing'),
    db
      .select({ n: sql<number>`count(distinct ${orderHolds.orderId})::int` })
      .from(orderHolds)
      .where(isNull(orderHolds.releasedAt))
      .then(([row]) => row?.n ?? 0),
    db.$count(disputes, isNull(disputes.resolvedAt)),
    db.$count(paymentIncidents, isNull(paymentIncidents.resolvedAt)),
  ])
  return { toPack, packing, held, disputes: openDisputes, incidents }
}

/** Sales of a span, by currency. Refunds count where they were made. */
export interface Takings {
  readonly currency: string
  readonly orders: number
  readonly totalMinor: number
}

export async function readTakings(db: Queryable, from: Date, until: Date): Promise<Takings[]> {
  return db
    .select({
      currency: orders.currency,
      orders: sql<number>`count(*)::int`,
      totalMinor: sql<number>`sum(${orders.totalMinor})::float8`,
    })
    .from(orders)
    .where(
      and(
        sql`${orders.placedAt} >= ${from.toISOString()}::timestamptz`,
        sql`${orders.placedAt} < ${until.toISOString()}::timestamptz`,
      ),
    )
    .groupBy(orders.currency)
    .orderBy(desc(sql`sum(${orders.totalMinor})`))
}

export async function listIncidents(db: Queryable, { open }: { open: boolean }, limit: number) {
  return db
    .select({
      id: paymentIncidents.id,
      kind: paymentIncidents.kind,
      paypalCaptureId: paymentIncidents.paypalCaptureId,
      paypalOrderId: paymentIncidents.paypalOrderId,
      amountMinor: paymentIncidents.amountMinor,
      currency: paymentIncidents.currency,
      details: paymentIncidents.details,
      openedAt: paymentIncidents.openedAt,
      resolvedAt: paymentIncidents.resolvedAt,
      resolution: paymentIncidents.resolution,
      resolvedBy: paymentIncidents.resolvedBy,
      resolutionNote: paymentIncidents.resolutionNote,
      orderNumber: orders.orderNumber,
    })
    .from(paymentIncidents)
    .leftJoin(orders, eq(orders.id, paymentIncidents.orderId))
    .where(open ? isNull(paymentIncidents.resolvedAt) : sql`${paymentIncidents.resolvedAt} is not null`)
    .orderBy(desc(paymentIncidents.openedAt))
    .limit(limit)
}
