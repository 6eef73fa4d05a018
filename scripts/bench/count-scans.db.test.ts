import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { insertManyOrders } from '@/db/seed/many-orders'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import { setUpShop, stockProduct } from '@/testing/test-shop'

import { countScans, scansSince } from './count-scans'

let database: TestDatabase
let client: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  await setUpShop(database.db)
  for (const price of [900, 2_800, 4_500]) await stockProduct(database.db, 20, price)
  await insertManyOrders(database.url, 2_000, () => {})
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

test('a statement that reads the whole of a large table is found, whichever table it is', async () => {
  const before = await countScans(client)
  expect([...before.keys()]).toEqual(
    expect.arrayContaining([
      'order_items',
      'orders',
      'papers_due',
      'payment_attempts',
      'payment_captures',
      'refunds',
      'shipments',
    ]),
  )
  for (const small of ['products', 'credit_notes', 'sales_days']) expect(before.has(small)).toBe(false)
  await database.db.execute(sql`select count(*) from order_items where product_name = 'x'`)
  await database.db.execute(sql`select count(*) from refunds where state = 'failed'`)
  await database.db.execute(sql`select count(*) from products`)
  await database.db.execute(sql`select 1 from orders where paypal_capture_id = 'x'`)
  expect(scansSince(before, await countScans(client), 1)).toEqual(['order_items 1 time', 'refunds 1 time'])
})

test('an answer that walks along a whole index is found too, and one that reads a part of it is not', async () => {
  const before = await countScans(client)
  await database.db.transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`)
    await tx.execute(sql`set local enable_bitmapscan = off`)
    for (let n = 0; n < 30; n++) await tx.execute(sql`select total_minor from orders order by total_minor`)
    await tx.execute(sql`select placed_at from orders order by placed_at desc limit 50`)
  })
  const after = await countScans(client)
  // As one answer, and as the usual number of them.
  expect(scansSince(before, after, 1)).toEqual(['orders along orders_by_total'])
  expect(scansSince(before, after, 30)).toEqual([])
})
