import { asc, desc, eq, isNull, sql, type SQL } from 'drizzle-orm'

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
      stateSince: refunds.stateSince,
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

/** What a span came to, by currency. Refunds count where they were made, unless their money came again. */
export interface Takings {
  readonly currency: string
  readonly orders: number
  readonly totalMinor: number
  /** Payments that were begun. */
  readonly attempts: number
  readonly refundedMinor: number
}

/** The currency that brought most first. */
export async function readTakings(db: Queryable, from: Date, until: Date): Promise<Takings[]> {
  const within = (column: string) =>
    sql`${sql.raw(column)} >= ${from.toISOString()}::timestamptz and ${sql.raw(column)} < ${until.toISOString()}::timestamptz`
  const { rows } = await db.execute<Takings & Record<string, unknown>>(sql`
    select currency, coalesce(o.orders, 0)::int as orders, coalesce(o.total, 0)::float8 as "totalMinor",
      coalesce(a.attempts, 0)::int as attempts, coalesce(r.total, 0)::float8 as "refundedMinor"
    from (select currency, count(*) as orders, sum(total_minor) as total from orders
      where ${within('placed_at')} group by 1) o
    full join (select currency, count(*) as attempts from payment_attempts
      where ${within('created_at')} group by 1) a using (currency)
    full join (select currency, sum(amount_minor - returned_minor) as total from refunds
      where state = 'completed' and order_id is not null and ${within('completed_at')} group by 1) r
      using (currency)
    order by 3 desc, 1`)
  return rows
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
