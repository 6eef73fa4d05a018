import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { parseOrderNumber } from '@/lib/domain/order-number'
import { setUpShop, stockProduct } from '@/testing/test-shop'

import { checkInvariants } from '../queries/invariant-checks'
import { createTestDatabase } from '../testing/database'
import { insertManyOrders } from './many-orders'

let database: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  database = await createTestDatabase()
  await setUpShop(database.db)
  for (const price of [900, 2_800, 4_500]) await stockProduct(database.db, 20, price)
})
afterAll(() => database.drop())

const count = async (table: string) => {
  const { rows } = await database.db.execute<{ n: number }>(sql`select count(*)::int as n from ${sql.raw(table)}`)
  return rows[0]?.n
}

test('orders made for measuring are as good as bought ones, and as many as were asked for', async () => {
  const { db, url } = database
  await insertManyOrders(url, 300, () => {})
  await insertManyOrders(url, 500, () => {})
  expect(await count('orders')).toBe(500)
  const checked = await checkInvariants(db)
  expect(checked.filter(({ findings }) => findings.length > 0)).toEqual([])
  const { rows } = await db.execute<{ order_number: string }>(sql`select order_number from orders`)
  expect(rows.filter(({ order_number: number }) => parseOrderNumber(number) !== number)).toEqual([])
})

test('a shop that has orders of its own gets none of them', async () => {
  const { db, url } = database
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`update orders set paypal_capture_id = 'OWN' where id = (select id from orders limit 1)`)
  })
  await expect(insertManyOrders(url, 600, () => {})).rejects.toThrow('orders of its own')
  expect(await count('orders')).toBe(500)
})
