import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { migrateDatabase } from './migrate'
import { createTestDatabase, type TestDatabase } from './testing/database'
import { migrateUntil } from './testing/migrate-until'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  await migrateUntil(database.db, '0035_refund-delivery-once')
})
afterAll(() => database.drop())

interface OldRefund {
  /** Of its lines; null for a refund of an amount, which has none. */
  readonly itemsMinor: number | null
  readonly amountMinor: number
  readonly state?: 'completed' | 'failed'
}

/** As it stood in the books before a refund knew how much of it is the delivery charge: oldest first, delivery 5.00. */
async function writeOrder(old: readonly OldRefund[]): Promise<string[]> {
  const id = randomUUID()
  const capture = `C-${id}`
  const refunds = old.map((refund) => ({ id: randomUUID(), state: 'completed', ...refund }))
  await database.db.transaction(async (tx) => {
    // What an order hangs on does not matter here.
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`insert into orders (id, order_number, cart_id, attempt_id, paypal_capture_id, buyer_key_hash, email,
      address_name, address_line1, address_line2, address_city, address_region, address_postal_code, address_country,
      delivery_name, delivery_estimate, items_minor, discount_minor, delivery_minor, tax_minor, tax_included, total_minor, currency)
      values (${id}, ${id}, gen_random_uuid(), gen_random_uuid(), ${capture}, ${id}, 'buyer@example.com',
      'A', 'B', '', 'C', '', '1', 'US', 'Post', '', 5000, 0, 500, 0, false, 5500, 'USD')`)
    for (const [at, { id: refundId, itemsMinor, amountMinor, state }] of refunds.entries()) {
      const paypalRefundId = state === 'completed' ? `R-${refundId}` : null
      await tx.execute(sql`insert into refunds (id, paypal_capture_id, order_id, amount_minor, currency, reason, state, paypal_refund_id, created_at, completed_at)
        values (${refundId}, ${capture}, ${id}, ${amountMinor}, 'USD', 'merchant', ${state}, ${paypalRefundId},
        now() - make_interval(days => ${30 - at}), ${state === 'completed' ? sql`now()` : null})`)
      if (itemsMinor === null) continue
      await tx.execute(sql`insert into refund_items (refund_id, order_id, position, quantity, amount_minor, restock)
        values (${refundId}, ${id}, 0, 1, ${itemsMinor}, false)`)
    }
  })
  return refunds.map((refund) => refund.id)
}

async function deliveryOf(refundIds: readonly string[]): Promise<number[]> {
  const { rows } = await database.db.execute<{ id: string; minor: number }>(
    sql`select id, delivery_minor::int as minor from refunds`,
  )
  return refundIds.map((id) => rows.find((row) => row.id === id)?.minor ?? -1)
}

test('of refunds that are older than the question, the first that was for more than its lines was for the delivery charge', async () => {
  const several = await writeOrder([
    { itemsMinor: 1_000, amountMinor: 1_500, state: 'failed' },
    { itemsMinor: null, amountMinor: 200 },
    { itemsMinor: 1_000, amountMinor: 1_000 },
    { itemsMinor: 1_000, amountMinor: 1_500 },
    { itemsMinor: 500, amountMinor: 900 },
  ])
  const part = await writeOrder([{ itemsMinor: 1_000, amountMinor: 1_100 }])
  const more = await writeOrder([{ itemsMinor: 1_000, amountMinor: 1_900 }])
  const less = await writeOrder([{ itemsMinor: 1_000, amountMinor: 700 }])
  await migrateDatabase(database.url)
  expect(await deliveryOf(several)).toEqual([0, 0, 0, 500, 0])
  expect(await deliveryOf(part)).toEqual([100])
  expect(await deliveryOf(more)).toEqual([500])
  expect(await deliveryOf(less)).toEqual([0])
})
