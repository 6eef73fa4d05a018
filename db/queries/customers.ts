import { and, asc, desc, eq, inArray, isNull, like, sql, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'

import { ERASED_EMAIL, NAME_SEARCH_MIN, type Customer } from '@/lib/domain/customer'
import { isCurrency, type Money } from '@/lib/domain/money'
import type { OrderState } from '@/lib/domain/order'
import type { TimeCursor } from '@/lib/domain/time-cursor'

import type { Queryable } from '../client'
import { lastWordOf } from './last-word'
import { members } from '../schema/members'
import { orders } from '../schema/orders'
import { staff } from '../schema/staff'

/** `%` and `_` mean themselves. */
const beginsWith = (search: string) => `${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

export interface ListedMember {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly createdAt: Date
  /** To the microsecond, as the database has it. */
  readonly createdAtText: string
  readonly disabledAt: Date | null
  readonly deletionRequestedAt: Date | null
  readonly worksHere: boolean
  readonly orders: number
  readonly lastOrderAt: Date | null
}

/** Members, the newest first. `after` is the last row of the page before. */
export async function listMembers(
  db: Queryable,
  { search, after, limit }: { search: string | null; after: TimeCursor | null; limit: number },
): Promise<ListedMember[]> {
  const page = await db
    .select({ id: members.id })
    .from(members)
    .where(
      and(
        ...(search === null ? [] : [inArray(members.id, matchingMembers(db, search))]),
        ...(after ? [sql`(${members.createdAt}, ${members.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`] : []),
      ),
    )
    .orderBy(desc(members.createdAt), desc(members.id))
    .limit(limit)
  if (page.length === 0) return []
  const ids = page.map(({ id }) => id)
  const [rows, bought] = await Promise.all([describeMembers(db, ids), countOrdersOf(db, ids)])
  return rows.map((row) => {
    const found = bought.find(({ memberId }) => memberId === row.id)
    return { ...row, orders: found?.orders ?? 0, lastOrderAt: found?.lastOrderAt ?? null }
  })
}

async function describeMembers(db: Queryable, ids: readonly string[]) {
  return db
    .select({
      id: members.id,
      email: members.email,
      name: members.name,
      createdAt: members.createdAt,
      createdAtText: sql<string>`${members.createdAt}::text`,
      disabledAt: members.disabledAt,
      deletionRequestedAt: members.deletionRequestedAt,
      worksHere: sql<boolean>`exists (select 1 from ${staff} where ${staff.memberId} = ${members.id} and ${staff.disabledAt} is null)`,
    })
    .from(members)
    .where(inArray(members.id, [...ids]))
    .orderBy(desc(members.createdAt), desc(members.id))
}

/** Both at once: the last one alone would be looked for among everybody's newest orders. */
async function countOrdersOf(db: Queryable, memberIds: readonly string[]) {
  return db
    .select({
      memberId: orders.memberId,
      orders: sql<number>`count(*)::int`,
      lastOrderAt: sql<Date>`max(${orders.placedAt})`.mapWith(orders.placedAt),
    })
    .from(orders)
    .where(inArray(orders.memberId, [...memberIds]))
    .groupBy(orders.memberId)
}

function matchingMembers(db: Queryable, search: string) {
  const byEmail = db
    .select({ id: members.id })
    .from(members)
    .where(like(members.email, beginsWith(search)))
  if (search.length < NAME_SEARCH_MIN) return byEmail
  const called = (name: SQL) =>
    db
      .select({ id: members.id })
      .from(members)
      .where(like(name, beginsWith(search)))
  return unionAll(byEmail, called(sql`lower(${members.name})`), called(lastWordOf(members.name)))
}

export interface ListedGuest {
  readonly email: string
  /** Of the last order. */
  readonly name: string
  readonly country: string
  readonly orders: number
  readonly lastOrderAt: Date
}

/**
 * Guests by their addresses. `after` is the last address of the page before. The index is walked from one address to the next, so
 * a page costs the same however many orders there are, and however many of them one guest has placed.
 */
export async function listGuests(
  db: Queryable,
  { search, after, limit }: { search: string | null; after: string | null; limit: number },
): Promise<ListedGuest[]> {
  const emails = await listGuestEmails(db, { search, after: after ?? '', limit })
  if (emails.length === 0) return []
  const { rows } = await db.execute<Omit<ListedGuest, 'lastOrderAt'> & { lastOrderAt: string }>(sql`
    select g.email, last.address_name as name, last.address_country as country, last.placed_at::text as "lastOrderAt",
      (select count(*)::int from orders where member_id is null and email = g.email) as orders
    from unnest(array[${sql.join(emails, sql`, `)}]::text[]) with ordinality as g(email, place)
    cross join lateral (
      select address_name, address_country, placed_at from orders where member_id is null and email = g.email
      order by placed_at desc limit 1) last
    order by g.place`)
  return rows.map((row) => ({ ...row, lastOrderAt: new Date(row.lastOrderAt) }))
}

async function listGuestEmails(
  db: Queryable,
  { search, after, limit }: { search: string | null; after: string; limit: number },
): Promise<string[]> {
  const isPart = search === null ? sql`` : sql`and email like ${beginsWith(search)}`
  const { rows } = await db.execute<{ email: string }>(sql`
    with recursive walk(email) as (
      (select email from orders where member_id is null and email ~>~ ${after} ${isPart} order by email using ~<~ limit 1)
      union all
      select (select email from orders where member_id is null and email ~>~ walk.email ${isPart} order by email using ~<~ limit 1)
      from walk where walk.email is not null
    )
    select email from (
      (select email from walk where email is not null and email <> ${ERASED_EMAIL} limit ${limit})
      ${search === null || search.length < NAME_SEARCH_MIN ? sql`` : sql`union ${named(search, after, limit)}`}
    ) found order by email using ~<~ limit ${limit}`)
  return rows.map(({ email }) => email)
}

/** So many orders of people with a name, or a family name, that begins like this are looked through: whoever looks for a common one types more of it. */
const NAMES_LOOKED_THROUGH = 5_000

function named(search: string, after: string, limit: number): SQL {
  return sql`(select email from (
      (select email from orders where member_id is null and lower(address_name) like ${beginsWith(search)}
        limit ${NAMES_LOOKED_THROUGH})
      union all
      (select email from orders where member_id is null and ${lastWordOf(orders.addressName)} like ${beginsWith(search)}
        limit ${NAMES_LOOKED_THROUGH})) named
    where email ~>~ ${after} and email <> ${ERASED_EMAIL} group by email order by email using ~<~ limit ${limit})`
}

/** Orders of a customer, as a condition. */
function isOf(customer: Customer): SQL | undefined {
  return customer.kind === 'member'
    ? eq(orders.memberId, customer.memberId)
    : and(isNull(orders.memberId), eq(orders.email, customer.email))
}

/** Whether a guest with this address has ordered. */
export async function isGuest(db: Queryable, email: string): Promise<boolean> {
  const [row] = await db
    .select({ id: orders.id })
    .from(orders)
    .where(isOf({ kind: 'guest', email }))
    .limit(1)
  return row !== undefined
}

export interface CustomerTotal {
  readonly orders: number
  readonly total: Money
  readonly refunded: Money
}

/** What a customer has ordered and got back, by currency. */
export async function readCustomerTotals(db: Queryable, customer: Customer): Promise<CustomerTotal[]> {
  const rows = await db
    .select({
      currency: orders.currency,
      orders: sql<number>`count(*)::int`,
      totalMinor: sql<string>`sum(${orders.totalMinor})`,
      refundedMinor: sql<string>`coalesce(sum((select sum(r.amount_minor - r.returned_minor) from refunds r
        where r.order_id = ${orders.id} and r.state <> 'failed')), 0)`,
    })
    .from(orders)
    .where(isOf(customer))
    .groupBy(orders.currency)
    .orderBy(asc(orders.currency))
  return rows.flatMap(({ currency, totalMinor, refundedMinor, ...row }) =>
    isCurrency(currency)
      ? [
          {
            ...row,
            total: { minor: Number(totalMinor), currency },
            refunded: { minor: Number(refundedMinor), currency },
          },
        ]
      : [],
  )
}

export interface CustomerOrder {
  readonly orderNumber: string
  readonly placedAt: Date
  readonly state: OrderState
  readonly total: Money
}

/** The last orders of a customer. */
export async function listCustomerOrders(db: Queryable, customer: Customer, limit: number): Promise<CustomerOrder[]> {
  const rows = await db
    .select({
      orderNumber: orders.orderNumber,
      placedAt: orders.placedAt,
      state: orders.state,
      totalMinor: orders.totalMinor,
      currency: orders.currency,
    })
    .from(orders)
    .where(isOf(customer))
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(limit)
  return rows.map(({ totalMinor, currency, ...row }) => {
    if (!isCurrency(currency)) throw new Error(`order ${row.orderNumber} is in an unknown currency`)
    return { ...row, total: { minor: totalMinor, currency } }
  })
}

/** Where the last orders of a customer went, each place once. */
export async function listOrderAddresses(db: Queryable, customer: Customer, limit: number) {
  const rows = await db
    .select({
      name: orders.addressName,
      line1: orders.addressLine1,
      line2: orders.addressLine2,
      city: orders.addressCity,
      region: orders.addressRegion,
      postalCode: orders.addressPostalCode,
      country: orders.addressCountry,
    })
    .from(orders)
    .where(isOf(customer))
    .orderBy(desc(orders.placedAt))
    .limit(limit)
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]
}
