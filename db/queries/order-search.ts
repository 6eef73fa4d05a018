import { and, eq, isNotNull, like, sql, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'

import type { OrderFilter } from '@/lib/domain/order-filter'

import type { Queryable } from '../client'
import { lastWordOf } from './last-word'
import { disputes } from '../schema/disputes'
import { shipments } from '../schema/fulfilment'
import { orderItems, orders } from '../schema/orders'
import { paymentAttempts } from '../schema/payments'
import { refunds } from '../schema/refunds'

/** Up to so many orders are looked up by their ids; of more, a page is met soon in the order of the list. */
const FEW = 2_000

/** The ways in which many orders can be like a text. Only few have the same number. */
const WAYS_OF_MANY = ['email', 'name', 'familyName', 'sku', 'parcel'] as const
export type WayOfMany = (typeof WAYS_OF_MANY)[number]

/** What a search is about: the ways in which many orders are like it, and those that are like it in any other way. */
export interface FoundOrders {
  readonly text: string
  readonly many: readonly WayOfMany[]
  readonly ids: readonly string[]
}

type Search = NonNullable<OrderFilter['search']>

/**
 * Everything that people search orders by. None of it reads all orders, whether few are like that or most of them: of each way to be
 * like it no more is read than shows that there are many, and what is few is known by its ids.
 */
export async function searchOrders(db: Queryable, search: Search): Promise<FoundOrders> {
  const likeness = likenessOf(search.text)
  // In the order of their indexes, so that each is read from there and no further.
  const beginningsOf = (condition: SQL, key: SQL) =>
    db
      .select({ id: orders.id })
      .from(orders)
      .where(condition)
      .orderBy(sql`${key} using ~<~`)
      .limit(FEW + 1)
  const ways = {
    email: beginningsOf(likeness.email, sql`${orders.email}`),
    name: beginningsOf(likeness.name, sql`lower(${orders.addressName})`),
    familyName: beginningsOf(likeness.familyName, lastWordOf(orders.addressName)),
    sku: db
      .select({ id: orderItems.orderId })
      .from(orderItems)
      .where(isExactly(lowerSku, search.text.toLowerCase()))
      .orderBy(lowerSku)
      .limit(FEW + 1),
    parcel: db
      .select({ id: shipments.orderId })
      .from(shipments)
      .where(isExactly(sql`${shipments.trackingNumber}`, search.text))
      .orderBy(shipments.trackingNumber)
      .limit(FEW + 1),
    number: withNumber(db, search),
  }
  // The ids of what is few alone: of many, it is enough to know it.
  const asked = Object.entries(ways).map(
    ([way, found]) => sql`
      select ${sql.raw(`'${way}'`)} as way, count(*) > ${FEW} as "isMany", case when count(*) <= ${FEW} then array_agg(id) end as ids
      from (${found}) as found (id)`,
  )
  const { rows } = await db.execute<{ way: WayOfMany | 'number'; isMany: boolean; ids: string[] | null }>(
    sql.join(asked, sql` union all `),
  )
  return {
    text: search.text,
    many: WAYS_OF_MANY.filter((each) => rows.some(({ way, isMany }) => isMany && way === each)),
    ids: [...new Set(rows.flatMap(({ ids }) => ids ?? []))],
  }
}

/** As the index has it. */
export const lowerSku = sql`lower(${orderItems.sku})`

/** Said so that an order has a meaning: of what is equal Postgres reads any, though it be all rows, until there are enough. */
const isExactly = (column: SQL, text: string) => sql`${column} >= ${text} and ${column} <= ${text}`

/** What an order has to be like, in each of the ways in which many can be. */
export function likenessOf(text: string): Readonly<Record<WayOfMany, SQL>> {
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
function withNumber(db: Queryable, { text, orderNumber }: Search) {
  return unionAll(
    db
      .select({ id: orders.id })
      .from(orders)
      .where(eq(orders.orderNumber, orderNumber ?? '')),
    db.select({ id: orders.id }).from(orders).where(eq(orders.paypalCaptureId, text)),
    db
      .select({ id: orders.id })
      .from(orders)
      .innerJoin(paymentAttempts, eq(paymentAttempts.id, orders.attemptId))
      .where(eq(paymentAttempts.paypalOrderId, text)),
    db
      .select({ id: sql<string>`${refunds.orderId}` })
      .from(refunds)
      .where(and(eq(refunds.paypalRefundId, text), isNotNull(refunds.orderId))),
    db
      .select({ id: sql<string>`${disputes.orderId}` })
      .from(disputes)
      .where(and(eq(disputes.id, text), isNotNull(disputes.orderId))),
  )
}
