import { and, asc, desc, eq, exists, gte, inArray, isNotNull, isNull, like, lt, or, sql, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'

import type { OrderCursor } from '@/lib/domain/order-cursor'
import type { OrderFilter, OrderSort } from '@/lib/domain/order-filter'
import { isCurrency, type Money } from '@/lib/domain/money'
import type { OrderState } from '@/lib/domain/order'

import type { Queryable } from '../client'
import { lastWordOf } from './last-word'
import { disputes, orderHolds } from '../schema/disputes'
import { shipments } from '../schema/fulfilment'
import { orderItems, orders } from '../schema/orders'
import { paymentAttempts } from '../schema/payments'
import { refunds } from '../schema/refunds'

export interface ListedOrder {
  readonly id: string
  readonly orderNumber: string
  readonly placedAt: Date
  /** To the microsecond, as the database has it. */
  readonly placedAtText: string
  readonly state: OrderState
  readonly email: string
  readonly name: string
  readonly country: string
  readonly deliveryName: string
  readonly total: Money
  readonly pieces: number
  readonly refundedMinor: number
  readonly isHeld: boolean
  readonly isDisputed: boolean
}

const openHold = (db: Queryable) =>
  db
    .select({ one: sql`1` })
    .from(orderHolds)
    .where(and(eq(orderHolds.orderId, orders.id), isNull(orderHolds.releasedAt)))
const openDispute = (db: Queryable) =>
  db
    .select({ one: sql`1` })
    .from(disputes)
    .where(and(eq(disputes.orderId, orders.id), isNull(disputes.resolvedAt)))

/** A page of orders. `after` is the last row of the page before: however deep, the index is read from there. */
export async function listOrders(
  db: Queryable,
  filter: OrderFilter,
  { after, limit }: { after: OrderCursor | null; limit: number },
): Promise<ListedOrder[]> {
  const found = filter.search ? await matches(db, filter.search) : null
  const page = db
    .select({ id: orders.id })
    .from(found?.kind === 'few' ? onlyThese(db, found.ids) : orders)
    .where(
      and(
        found?.kind === 'many' ? found.condition : undefined,
        ...conditions(db, filter),
        ...(after ? [isBehind(after, filter.sort)] : []),
      ),
    )
    .orderBy(...orderBy(filter.sort))
    .limit(limit)
  const ids = (await page).map(({ id }) => id)
  if (ids.length === 0) return []
  const rows = await db
    .select({
      id: orders.id,
      orderNumber: orders.orderNumber,
      placedAt: orders.placedAt,
      placedAtText: sql<string>`${orders.placedAt}::text`,
      state: orders.state,
      email: orders.email,
      name: orders.addressName,
      country: orders.addressCountry,
      deliveryName: orders.deliveryName,
      totalMinor: orders.totalMinor,
      currency: orders.currency,
      pieces: sql<number>`(select sum(quantity) from order_items i where i.order_id = orders.id)::int`,
      refundedMinor: sql<string>`(select coalesce(sum(r.amount_minor), 0) from refunds r
        where r.order_id = orders.id and r.state <> 'failed' and r.returned_by is null)`,
      isHeld: sql<boolean>`${exists(openHold(db))}`,
      isDisputed: sql<boolean>`${exists(openDispute(db))}`,
    })
    .from(orders)
    .where(inArray(orders.id, ids))
    .orderBy(...orderBy(filter.sort))
  return rows.map(({ totalMinor, currency, refundedMinor, ...row }) => {
    if (!isCurrency(currency)) throw new Error(`order ${row.orderNumber} is in an unknown currency`)
    return { ...row, total: { minor: totalMinor, currency }, refundedMinor: Number(refundedMinor) }
  })
}

export function cursorOf(order: ListedOrder, sort: OrderSort): OrderCursor {
  const isByTotal = sort === 'dearest' || sort === 'cheapest'
  return { value: isByTotal ? String(order.total.minor) : order.placedAtText, id: order.id }
}

function orderBy(sort: OrderSort): SQL[] {
  switch (sort) {
    case 'newest':
      return [desc(orders.placedAt), desc(orders.id)]
    case 'oldest':
      return [asc(orders.placedAt), asc(orders.id)]
    case 'dearest':
      return [desc(orders.totalMinor), desc(orders.id)]
    case 'cheapest':
      return [asc(orders.totalMinor), asc(orders.id)]
  }
}

function isBehind({ value, id }: OrderCursor, sort: OrderSort): SQL {
  switch (sort) {
    case 'newest':
      return sql`(${orders.placedAt}, ${orders.id}) < (${value}::timestamptz, ${id}::uuid)`
    case 'oldest':
      return sql`(${orders.placedAt}, ${orders.id}) > (${value}::timestamptz, ${id}::uuid)`
    case 'dearest':
      return sql`(${orders.totalMinor}, ${orders.id}) < (${value}::bigint, ${id}::uuid)`
    case 'cheapest':
      return sql`(${orders.totalMinor}, ${orders.id}) > (${value}::bigint, ${id}::uuid)`
  }
}

function conditions(db: Queryable, filter: OrderFilter): SQL[] {
  const { states, country, from, until, payment, held, disputed } = filter
  return [
    ...(states.length > 0 ? [inArray(orders.state, [...states])] : []),
    ...(country ? [eq(orders.addressCountry, country)] : []),
    ...(from ? [gte(orders.placedAt, from)] : []),
    ...(until ? [lt(orders.placedAt, until)] : []),
    ...(held ? [exists(openHold(db))] : []),
    ...(disputed ? [exists(openDispute(db))] : []),
    ...(payment === 'refunded' ? [exists(refundsOf(db))] : []),
    ...(payment === 'paid' ? [sql`not ${exists(refundsOf(db))}`] : []),
  ]
}

/** Without what a bank has given back since. */
function refundsOf(db: Queryable) {
  return db
    .select({ one: sql`1` })
    .from(refunds)
    .where(and(eq(refunds.orderId, orders.id), sql`${refunds.state} <> 'failed'`, isNull(refunds.returnedBy)))
}

/** More orders than so many are met soon enough in the order of the list; fewer are looked up by their ids. */
const FEW = 5_000

const WAYS_OF_MANY = ['email', 'name', 'familyName', 'sku', 'parcel'] as const
type Way = (typeof WAYS_OF_MANY)[number] | 'number'

type Found =
  | { readonly kind: 'few'; readonly ids: readonly string[] }
  | { readonly kind: 'many'; readonly condition: SQL | undefined }

/**
 * Everything that people search orders by. None of it reads all orders, whether few are like that or most of them: of each way to be
 * like it no more is read than shows that there are many, and what is few is known by its ids. Each condition that is left has an index,
 * and mostly it is one: Postgres may begin with it, with the filter, or with the order of the list.
 */
async function matches(db: Queryable, search: NonNullable<OrderFilter['search']>): Promise<Found> {
  const likeness = likenessOf(search.text)
  const found = await unionAll(
    // In the order of their indexes, so that each is read from there and no further.
    idsOf(db, 'email', likeness.email)
      .orderBy(sql`${orders.email} using ~<~`)
      .limit(FEW + 1),
    idsOf(db, 'name', likeness.name)
      .orderBy(sql`lower(${orders.addressName}) using ~<~`)
      .limit(FEW + 1),
    idsOf(db, 'familyName', likeness.familyName)
      .orderBy(sql`${lastWordOf(orders.addressName)} using ~<~`)
      .limit(FEW + 1),
    db
      .select({ id: orderItems.orderId, way: by('sku') })
      .from(orderItems)
      .where(isExactly(sql`lower(${orderItems.sku})`, search.text.toLowerCase()))
      .orderBy(sql`lower(${orderItems.sku})`)
      .limit(FEW + 1),
    db
      .select({ id: shipments.orderId, way: by('parcel') })
      .from(shipments)
      .where(isExactly(sql`${shipments.trackingNumber}`, search.text))
      .orderBy(shipments.trackingNumber)
      .limit(FEW + 1),
    withNumber(db, search),
  )
  const byWay = Map.groupBy(found, ({ way }) => way)
  const many = WAYS_OF_MANY.filter((way) => (byWay.get(way)?.length ?? 0) > FEW)
  const ids = found.flatMap(({ id, way }) => (many.some((each) => each === way) ? [] : [id]))
  if (many.length === 0 && ids.length <= FEW) return { kind: 'few', ids }
  const known = ids.length > 0 ? [sql`${orders.id} = any(${sql.param(ids)}::uuid[])`] : []
  return { kind: 'many', condition: or(...many.map((way) => likeness[way]), ...known) }
}

/** These orders and no others. The limit keeps Postgres from looking for them along the order of the list, past all the others. */
function onlyThese(db: Queryable, ids: readonly string[]) {
  return db
    .select()
    .from(orders)
    .where(sql`${orders.id} = any(${sql.param(ids)}::uuid[])`)
    .limit(FEW)
    .as('orders')
}

const by = (way: Way) => sql<Way>`${sql.raw(`'${way}'`)}`.as('way')

const idsOf = (db: Queryable, way: Way, condition: SQL) =>
  db
    .select({ id: orders.id, way: by(way) })
    .from(orders)
    .where(condition)

/** Said so that an order has a meaning: of what is equal Postgres reads any, though it be all rows, until there are enough. */
const isExactly = (column: SQL, text: string) => sql`${column} >= ${text} and ${column} <= ${text}`

/** What an order has to be like, in each of the ways in which many can be. */
function likenessOf(text: string): Readonly<Record<(typeof WAYS_OF_MANY)[number], SQL>> {
  const prefix = `${text.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return {
    email: like(orders.email, prefix),
    name: like(sql`lower(${orders.addressName})`, prefix),
    familyName: like(lastWordOf(orders.addressName), prefix),
    sku: sql`exists (select 1 from order_items i where i.order_id = ${orders.id} and lower(i.sku) = ${text.toLowerCase()})`,
    parcel: sql`exists (select 1 from shipments s where s.order_id = ${orders.id} and s.tracking_number = ${text})`,
  }
}

/** Of the order, its payment, its refunds or its disputes with exactly this number; each by its own index. */
function withNumber(db: Queryable, { text, orderNumber }: NonNullable<OrderFilter['search']>) {
  return unionAll(
    idsOf(db, 'number', eq(orders.orderNumber, orderNumber ?? '')),
    idsOf(db, 'number', eq(orders.paypalCaptureId, text)),
    db
      .select({ id: orders.id, way: by('number') })
      .from(orders)
      .innerJoin(paymentAttempts, eq(paymentAttempts.id, orders.attemptId))
      .where(eq(paymentAttempts.paypalOrderId, text)),
    db
      .select({ id: sql<string>`${refunds.orderId}`, way: by('number') })
      .from(refunds)
      .where(and(eq(refunds.paypalRefundId, text), isNotNull(refunds.orderId))),
    db
      .select({ id: sql<string>`${disputes.orderId}`, way: by('number') })
      .from(disputes)
      .where(and(eq(disputes.id, text), isNotNull(disputes.orderId))),
  )
}
