import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { inTransaction } from '@/db/client'
import { insertManyOrders } from '@/db/seed/many-orders'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import type { OrderCursor } from '@/lib/domain/order-cursor'
import { ORDER_SORTS, parseOrderFilter, type OrderSort } from '@/lib/domain/order-filter'
import { setUpShop, stockProduct } from '@/testing/test-shop'

import { cursorOf, listOrders } from './order-list'

const ORDERS = 40_000
const SKU_OF_OLD = 'no-Longer-Made'
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  await setUpShop(database.db)
  for (const price of [900, 2_800, 4_500]) await stockProduct(database.db, 20, price)
  await insertManyOrders(database.url, ORDERS, () => {})
  await database.db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    const oldest = (orders: number) => sql`(select id from orders order by placed_at limit ${orders})`
    // Of long ago, and few enough to be known by their ids.
    await tx.execute(sql`update orders set address_name = 'Wilma Fewago' where id in ${oldest(1_000)}`)
    // Too many for that, and all of them long ago. Two items of an order have the SKU, where it has two.
    await tx.execute(sql`update orders set address_name = 'Zora Longago', email = 'zora-' || email
      where id in ${oldest(4_000)} and id not in ${oldest(1_000)}`)
    // One of few by its name, where many are found by their address.
    await tx.execute(sql`update orders set address_name = 'Mia Buyer-19'
      where id = (select id from orders where email not like 'buyer-19%' order by placed_at desc limit 1)`)
    await tx.execute(sql`update order_items set sku = ${SKU_OF_OLD} where order_id in ${oldest(4_000)}`)
  })
  await database.db.execute(sql`analyze orders, order_items`)
})
afterAll(() => database.drop())

async function skuOfMany(): Promise<string> {
  const { rows } = await database.db.execute<{ sku: string }>(
    sql`select sku from order_items group by sku order by count(*) desc limit 1`,
  )
  return rows[0]?.sku ?? ''
}

/** How many rows of orders and their items a page of the list has read, and how many orders are on it. */
async function readsOf(asked: Record<string, string>, after: OrderCursor | null = null) {
  return inTransaction(database.db, async (tx) => {
    const readSoFar = async () => {
      const { rows } = await tx.execute<{ n: string }>(sql`
        select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) as n from pg_stat_xact_user_tables
        where relname in ('orders', 'order_items')`)
      return Number(rows[0]?.n)
    }
    const before = await readSoFar()
    const page = await listOrders(tx, parseOrderFilter(asked), { after, limit: 51 })
    return { found: page.length, reads: (await readSoFar()) - before }
  })
}

/** What shows that many are like it, once for each of three ways, and a page. */
const READS_MAX = 9_000

test.each<Record<string, string>>([
  { q: 'buyer' },
  { q: 'buyer', state: 'created' },
  { q: 'buyer', payment: 'refunded' },
  { q: 'buyer-1', state: 'cancelled', country: 'IT', sort: 'dearest' },
  { q: 'buyer-1', state: 'created', from: '2019-01-01', until: '2019-02-01' },
  { q: 'wilma' },
  { q: 'wilma', sort: 'dearest' },
  { q: 'wilma', state: 'created' },
  { q: 'zora' },
  { q: 'longago' },
  { q: 'zora', state: 'created' },
  { q: 'zora', until: '2999-01-01' },
  { q: SKU_OF_OLD },
  { q: SKU_OF_OLD, state: 'delivered' },
  { q: 'SKU' },
  { q: 'SKU', state: 'created', sort: 'dearest' },
  { q: 'SKU', state: 'cancelled', sort: 'oldest' },
  { q: 'SKU', held: '1' },
])('a search reads a bounded part of the orders, whatever the filter: %j', async (asked) => {
  const q = asked['q'] === 'SKU' ? await skuOfMany() : (asked['q'] ?? '')
  const { reads } = await readsOf({ ...asked, q })
  expect(reads).toBeLessThan(READS_MAX)
})

test('the last page of a search reads as little as its first, and is what is left', async () => {
  const { rows } = await database.db.execute<{ value: string; id: string }>(
    sql`select placed_at::text as value, id from orders order by placed_at, id limit 1 offset 20`,
  )
  const [after] = rows
  if (!after) throw new Error('there are no orders')
  for (const q of ['buyer', 'wilma', 'zora', SKU_OF_OLD, await skuOfMany()]) {
    const { found, reads } = await readsOf({ q }, after)
    expect(found, q).toBeLessThanOrEqual(20)
    expect(reads, q).toBeLessThan(READS_MAX)
  }
})

/** The orders that a search has to find, by the plainest of statements. */
async function plainlyFound(q: string, { state, sort }: { state?: string; sort: OrderSort }): Promise<string[]> {
  const by = { newest: 'placed_at desc', oldest: 'placed_at', dearest: 'total_minor desc', cheapest: 'total_minor' }[
    sort
  ]
  const { rows } = await database.db.execute<{ id: string }>(sql`
    select id from orders o
    where (starts_with(email, ${q}) or starts_with(lower(address_name), ${q}) or lower(address_name) like '% ' || ${q} || '%'
        or exists (select 1 from order_items i where i.order_id = o.id and lower(i.sku) = ${q}))
      and ${state === undefined ? sql`true` : sql`state = ${state}`}
    order by ${sql.raw(by)}, id ${sql.raw(by.endsWith('desc') ? 'desc' : 'asc')}`)
  return rows.map(({ id }) => id)
}

test.each(ORDER_SORTS)('the pages of a search are all that it finds, once each, %s first', async (sort) => {
  for (const q of ['zora', 'longago', 'wilma', SKU_OF_OLD.toLowerCase(), 'buyer-19'])
    for (const state of [undefined, 'cancelled']) {
      const filter = parseOrderFilter({ q, sort, state })
      const found: string[] = []
      let after: OrderCursor | null = null
      for (;;) {
        const page: Awaited<ReturnType<typeof listOrders>> = await listOrders(database.db, filter, {
          after,
          limit: 700,
        })
        found.push(...page.map(({ id }) => id))
        const last = page.at(-1)
        if (page.length < 700 || !last) break
        after = cursorOf(last, sort)
      }
      expect(found, `${q}, ${state}`).toEqual(await plainlyFound(q, state === undefined ? { sort } : { state, sort }))
    }
})

test('what was bought has the time of its order, whatever it is written with', async () => {
  const { db } = database
  const { rows } = await db.execute(sql`
    select 1 from order_items i join orders o on o.id = i.order_id where i.placed_at <> o.placed_at`)
  expect(rows).toEqual([])
  const insert = db.execute<{ is_same: boolean }>(sql`
    insert into order_items (order_id, position, variant_id, product_name, product_slug, sku, options, unit_price_minor, quantity,
      line_total_minor, placed_at)
    select order_id, 99, -1, product_name, product_slug, sku, options, unit_price_minor, quantity, line_total_minor, now()
    from order_items order by placed_at limit 1
    returning placed_at = (select o.placed_at from orders o where o.id = order_id) as is_same`)
  expect((await insert).rows).toEqual([{ is_same: true }])
})
