import { sql } from 'drizzle-orm'

import type { Queryable, Transaction } from '../client'

/** A day of the shop, UTC. Amounts in minor units. */
export interface SalesDay {
  /** YYYY-MM-DD. */
  readonly day: string
  readonly orders: number
  readonly totalMinor: number
  /** Payments that were begun. */
  readonly attempts: number
  readonly refundedMinor: number
}

export interface SoldItem {
  readonly sku: string
  readonly name: string
  readonly quantity: number
  readonly totalMinor: number
}

/** Only one worker adds up at a time. */
const ROLL_UP_LOCK = 7_301_003
/** Days in one transaction. */
const BATCH = 31

/**
 * Adds up the days that are over and were not added up yet, some of them at a time. A day is over an hour after midnight UTC, when
 * whatever was under way at midnight has been committed or given up. @returns how many days it was; 0 when all is done.
 */
export async function rollUpDays(tx: Transaction, currency: string): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(${ROLL_UP_LOCK})`)
  const { rows } = await tx.execute<{ from: string | null; until: string | null }>(sql`
    with first as (select coalesce(
      (select max(day) + 1 from sales_days where currency = ${currency}),
      (select min(day) from (
        select min(placed_at at time zone 'UTC')::date as day from orders
        union all select min(created_at at time zone 'UTC')::date from payment_attempts) as began)) as day)
    select first.day::text as "from",
      least(first.day + ${BATCH}::int, (now() at time zone 'UTC' - interval '1 hour')::date)::text as "until" from first`)
  const span = rows[0]
  if (!span?.from || !span.until || span.from >= span.until) return 0
  const { rowCount } =
    await tx.execute(sql`insert into sales_days (day, currency, orders, total_minor, attempts, refunds, refunded_minor)
    select day, ${currency}, orders, total_minor, attempts, refunds, refunded_minor
    from (${countDays(currency, sql`${span.from}::date`, sql`${span.until}::date`)}) as counted`)
  await tx.execute(sql`insert into sales_day_items (day, currency, sku, name, quantity, total_minor)
    select day, ${currency}, sku, name, quantity, total_minor
    from (${countItems(currency, sql`${span.from}::date`, sql`${span.until}::date`)}) as counted`)
  return rowCount ?? 0
}

/** The days from `from` to `until`, which is not among them; those before the shop began may be missing. */
export async function readSalesDays(db: Queryable, currency: string, from: string, until: string): Promise<SalesDay[]> {
  const { rows } = await db.execute<SalesDay & Record<string, unknown>>(sql`
    with live as (select greatest(${from}::date, coalesce((select max(day) + 1 from sales_days where currency = ${currency}), ${from}::date)) as day),
    days as (
      select day, orders, total_minor, attempts, refunded_minor
      from sales_days where currency = ${currency} and day >= ${from}::date and day < ${until}::date
      union all
      select day, orders, total_minor, attempts, refunded_minor
      from (${countDays(currency, sql`(select day from live)`, sql`${until}::date`)}) as counted),
    -- What a bank took and gave the shop again was not given back after all, whenever its day was added up.
    came_again as (
      select (completed_at at time zone 'UTC')::date as day, sum(returned_minor) as total from refunds
      where returned_minor > 0 and currency = ${currency} and state = 'completed' and order_id is not null
        and completed_at >= ${midnight(sql`${from}::date`)} and completed_at < ${midnight(sql`${until}::date`)}
      group by 1)
    select day::text, orders, total_minor::float8 as "totalMinor", attempts,
      (refunded_minor - coalesce(total, 0))::float8 as "refundedMinor"
    from days left join came_again using (day) order by 1`)
  return rows
}

/** What brought most, the most first. */
export async function readBestSellers(
  db: Queryable,
  currency: string,
  { from, until, limit }: { from: string; until: string; limit: number },
): Promise<SoldItem[]> {
  const { rows } = await db.execute<SoldItem & Record<string, unknown>>(sql`
    with live as (select greatest(${from}::date, coalesce((select max(day) + 1 from sales_days where currency = ${currency}), ${from}::date)) as day),
    today as (${countItems(currency, sql`(select day from live)`, sql`${until}::date`)}),
    most as (
      select sku, sum(quantity) as quantity, sum(total_minor) as total
      from (
        select sku, quantity, total_minor from sales_day_items
        where currency = ${currency} and day >= ${from}::date and day < ${until}::date
        union all select sku, quantity, total_minor from today) as sold
      group by sku order by sum(total_minor) desc, sku limit ${limit}),
    -- The name of the last day, looked up for the few that are shown.
    named as (
      select distinct on (sku) sku, name
      from (
        select most.sku, former.name, former.day from most cross join lateral (
          select name, day from sales_day_items s
          where s.sku = most.sku and s.currency = ${currency} and s.day < ${until}::date order by s.day desc limit 1) as former
        union all select sku, name, day from today where sku in (select sku from most)) as names
      order by sku, day desc)
    select sku, name, quantity::int as quantity, total::float8 as "totalMinor"
    from most join named using (sku) order by total desc, sku`)
  return rows
}

/** Midnight UTC of a day, as the indexes have it. */
const midnight = (day: ReturnType<typeof sql>) => sql`((${day})::timestamp at time zone 'UTC')`

function countDays(currency: string, from: ReturnType<typeof sql>, until: ReturnType<typeof sql>) {
  const within = (column: string) =>
    sql`${sql.raw(column)} >= ${midnight(from)} and ${sql.raw(column)} < ${midnight(until)}`
  const dayOf = (column: string) => sql.raw(`(${column} at time zone 'UTC')::date`)
  return sql`
    select days.day::date as day, coalesce(o.orders, 0)::int as orders, coalesce(o.total, 0)::bigint as total_minor,
      coalesce(a.attempts, 0)::int as attempts, coalesce(r.refunds, 0)::int as refunds, coalesce(r.total, 0)::bigint as refunded_minor
    from generate_series(${from}, ${until} - 1, interval '1 day') as days (day)
    left join (select ${dayOf('placed_at')} as day, count(*) as orders, sum(total_minor) as total from orders
      where currency = ${currency} and ${within('placed_at')} group by 1) o on o.day = days.day::date
    left join (select ${dayOf('created_at')} as day, count(*) as attempts from payment_attempts
      where currency = ${currency} and ${within('created_at')} group by 1) a on a.day = days.day::date
    left join (select ${dayOf('completed_at')} as day, count(*) as refunds, sum(amount_minor) as total from refunds
      where currency = ${currency} and state = 'completed' and order_id is not null and ${within('completed_at')} group by 1) r
      on r.day = days.day::date`
}

function countItems(currency: string, from: ReturnType<typeof sql>, until: ReturnType<typeof sql>) {
  return sql`
    select (o.placed_at at time zone 'UTC')::date as day, i.sku, (array_agg(i.product_name order by o.placed_at desc))[1] as name,
      sum(i.quantity)::int as quantity, sum(i.line_total_minor)::bigint as total_minor
    from orders o join order_items i on i.order_id = o.id
    where o.currency = ${currency} and o.placed_at >= ${midnight(from)} and o.placed_at < ${midnight(until)}
    group by 1, 2`
}
