import { and, asc, desc, eq, exists, gt, gte, inArray, isNull, lt, lte, sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

import type { OrderCursor } from '@/lib/domain/order-cursor'
import type { OrderFilter, OrderSort } from '@/lib/domain/order-filter'
import { isCurrency, type Money } from '@/lib/domain/money'
import type { OrderState } from '@/lib/domain/order'

import type { Queryable } from '../client'
import { likenessOf, lowerSku, searchOrders, type FoundOrders } from './order-search'
import { disputes, orderHolds } from '../schema/disputes'
import { dayOf, orderItems, orders } from '../schema/orders'
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

export interface Page {
  readonly after: OrderCursor | null
  readonly limit: number
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
export async function listOrders(db: Queryable, filter: OrderFilter, page: Page): Promise<ListedOrder[]> {
  const found = filter.search ? await searchOrders(db, filter.search) : null
  const ids = found ? await pageOfFound(db, filter, page, found) : (await pageOf(db, filter, page)).map(({ id }) => id)
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
      refundedMinor: sql<string>`(select coalesce(sum(r.amount_minor - r.returned_minor), 0) from refunds r
        where r.order_id = orders.id and r.state <> 'failed')`,
      isHeld: sql<boolean>`${exists(openHold(db))}`,
      isDisputed: sql<boolean>`${exists(openDispute(db))}`,
    })
    .from(orders)
    .where(inArray(orders.id, ids))
    .orderBy(...orderBy(filter.sort))
    .limit(page.limit)
  return rows.map(({ totalMinor, currency, refundedMinor, ...row }) => {
    if (!isCurrency(currency)) throw new Error(`order ${row.orderNumber} is in an unknown currency`)
    return { ...row, total: { minor: totalMinor, currency }, refundedMinor: Number(refundedMinor) }
  })
}

/** Each way of being like the text has a page of its own, by its own index; what comes first in all of them is the page of the search. */
async function pageOfFound(db: Queryable, filter: OrderFilter, page: Page, { text, many, ids }: FoundOrders) {
  const likeness = likenessOf(text)
  const pages = many.map((way) => {
    if (way === 'parcel' || isByTotal(filter.sort)) return pageOf(db, filter, page, { condition: likeness[way] })
    return way === 'sku'
      ? pageOfArticle(db, filter, page, text)
      : pageOf(db, filter, page, { condition: likeness[way], isByDay: true })
  })
  if (ids.length > 0) pages.push(pageOf(db, filter, page, { only: ids }))
  return [...new Set((await Promise.all(pages)).flat().map(({ id }) => id))]
}

interface Narrowing {
  readonly condition?: SQL
  readonly only?: readonly string[]
  /** Said by the day too, for the indexes that have it: in each, what is like the text is together, however much lies between the days. */
  readonly isByDay?: boolean
}

async function pageOf(db: Queryable, filter: OrderFilter, { after, limit }: Page, narrowing: Narrowing = {}) {
  const { condition, only, isByDay = false } = narrowing
  return db
    .select({ id: orders.id })
    .from(only ? onlyThese(db, only) : orders)
    .where(
      and(
        condition,
        ...conditions(db, filter),
        ...(after ? [isBehind(after, filter.sort)] : []),
        ...(isByDay ? daysOf(filter, after) : []),
      ),
    )
    .orderBy(...(isByDay ? [inDirection(filter.sort)(dayOf(orders.placedAt))] : []), ...orderBy(filter.sort))
    .limit(limit)
}

/** So many orders with a SKU are read before the filter is asked which of them it has. */
const NEAREST = 1_000

/**
 * Of those with this SKU, the nearest by the time that their items have too: what was only sold long ago is read from there. If the
 * filter has next to none of them it is what is read along.
 */
async function pageOfArticle(db: Queryable, filter: OrderFilter, page: Page, sku: string) {
  const place = { placedAt: orderItems.placedAt, id: orderItems.orderId }
  const nearest = await db
    // Two items of an order may have it.
    .selectDistinct(place)
    .from(orderItems)
    .where(
      and(
        eq(lowerSku, sku.toLowerCase()),
        ...timesOf(filter, place),
        ...(page.after ? [isBehind(page.after, filter.sort, place)] : []),
      ),
    )
    .orderBy(...orderBy(filter.sort, place))
    .limit(NEAREST)
  if (nearest.length === 0) return []
  const found = await pageOf(db, filter, page, { only: nearest.map(({ id }) => id) })
  const isAll = found.length === page.limit || nearest.length < NEAREST
  return isAll ? found : pageOf(db, filter, page, { condition: likenessOf(sku).sku })
}

/** These orders and no others. The limit keeps Postgres from looking for them along the order of the list, past all the others. */
function onlyThese(db: Queryable, ids: readonly string[]) {
  return db
    .select()
    .from(orders)
    .where(sql`${orders.id} = any(${sql.param(ids)}::uuid[])`)
    .limit(ids.length)
    .as('orders')
}

export function cursorOf(order: ListedOrder, sort: OrderSort): OrderCursor {
  return { value: isByTotal(sort) ? String(order.total.minor) : order.placedAtText, id: order.id }
}

const isByTotal = (sort: OrderSort) => sort === 'dearest' || sort === 'cheapest'
const isDescending = (sort: OrderSort) => sort === 'newest' || sort === 'dearest'
const inDirection = (sort: OrderSort) => (isDescending(sort) ? desc : asc)

/** Where the time and the id of an order are read. */
interface Place {
  readonly placedAt: PgColumn
  readonly id: PgColumn
}
const inOrders: Place = { placedAt: orders.placedAt, id: orders.id }

function orderBy(sort: OrderSort, { placedAt, id }: Place = inOrders): SQL[] {
  const directed = inDirection(sort)
  return [directed(isByTotal(sort) ? orders.totalMinor : placedAt), directed(id)]
}

function isBehind(after: OrderCursor, sort: OrderSort, { placedAt, id }: Place = inOrders): SQL {
  const key = isByTotal(sort) ? orders.totalMinor : placedAt
  const value = isByTotal(sort) ? sql`${after.value}::bigint` : sql`${after.value}::timestamptz`
  return sql`(${key}, ${id}) ${sql.raw(isDescending(sort) ? '<' : '>')} (${value}, ${after.id}::uuid)`
}

/** The days that a page can be of. */
function daysOf({ from, until, sort }: OrderFilter, after: OrderCursor | null): SQL[] {
  const day = dayOf(orders.placedAt)
  const dayAt = (time: string) => dayOf(sql`${time}::timestamptz`)
  return [
    ...(from ? [gte(day, dayAt(from.toISOString()))] : []),
    ...(until ? [lte(day, dayAt(until.toISOString()))] : []),
    ...(after ? [isDescending(sort) ? lte(day, dayAt(after.value)) : gte(day, dayAt(after.value))] : []),
  ]
}

function timesOf({ from, until }: OrderFilter, { placedAt }: Place = inOrders): SQL[] {
  return [...(from ? [gte(placedAt, from)] : []), ...(until ? [lt(placedAt, until)] : [])]
}

function conditions(db: Queryable, filter: OrderFilter): SQL[] {
  const { states, country, payment, held, disputed } = filter
  return [
    ...(states.length > 0 ? [inArray(orders.state, [...states])] : []),
    ...(country ? [eq(orders.addressCountry, country)] : []),
    ...timesOf(filter),
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
    .where(
      and(
        eq(refunds.orderId, orders.id),
        sql`${refunds.state} <> 'failed'`,
        gt(refunds.amountMinor, refunds.returnedMinor),
      ),
    )
}
