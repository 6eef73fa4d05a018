import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { inTransaction } from '@/db/client'
import { insertManyOrders } from '@/db/seed/many-orders'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import type { OrderCursor } from '@/lib/domain/order-cursor'
import { parseOrderFilter } from '@/lib/domain/order-filter'
import { setUpShop, stockProduct } from '@/testing/test-shop'

import { listOrders } from './order-list'

const ORDERS = 40_000
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  await setUpShop(database.db)
  for (const price of [900, 2_800, 4_500]) await stockProduct(database.db, 20, price)
  await insertManyOrders(database.url, ORDERS, () => {})
  // Of long ago, and few enough to be known by their ids.
  await database.db.execute(sql`update orders set address_name = 'Zora Longago'
    where id in (select id from orders order by placed_at limit 3000)`)
  await database.db.execute(sql`analyze orders`)
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
const READS_MAX = 16_000

test.each<Record<string, string>>([
  { q: 'buyer' },
  { q: 'buyer', state: 'created' },
  { q: 'buyer', payment: 'refunded' },
  { q: 'buyer-1', state: 'cancelled', country: 'IT', sort: 'dearest' },
  { q: 'buyer-1', state: 'created', from: '2019-01-01', until: '2019-02-01' },
  { q: 'zora' },
  { q: 'zora', sort: 'dearest' },
  { q: 'zora', state: 'created' },
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
  for (const q of ['buyer', 'zora', await skuOfMany()]) {
    const { found, reads } = await readsOf({ q }, after)
    expect(found, q).toBeLessThanOrEqual(20)
    expect(reads, q).toBeLessThan(READS_MAX)
  }
})
