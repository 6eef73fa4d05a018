import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { tamper } from '@/testing/tamper'
import { buy, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'
import { inTransaction } from '@/db/client'
import { claimApplying } from '@/db/queries/catalogue-imports'
import { syncRefunds } from '@/lib/payments/sync-refunds'
import { newAdmin } from '@/testing/test-admin'

import { getToday } from './order-desk'
import { addUpDays, getSales } from './sales'

let shop: TestShop
beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())

const DAY_MS = 86_400_000

/** As if an order had been placed so many days ago. What is history can't be changed, unless triggers look away. */
async function ageOrder(orderId: string, days: number): Promise<void> {
  await shop.db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`update orders set placed_at = now() - make_interval(days => ${days}) where id = ${orderId}`)
    await tx.execute(sql`update payment_attempts set created_at = now() - make_interval(days => ${days})
      where id = (select attempt_id from orders where id = ${orderId})`)
  })
}

test('days that are over come to the same added up once as counted live, and no order is counted twice', async () => {
  const { db } = shop
  const ages = [0, 1, 1, 3, 9, 12, 40]
  const orders = []
  for (const age of ages) {
    const order = await buy(shop, await newBuyer(db, { quantity: age + 1, onHand: 50 }))
    await ageOrder(order.id, age)
    orders.push({ age, totalMinor: order.totalMinor })
  }
  const admin = await newAdmin(db, 'manager', 'payments.read')
  const live = await getSales(db, admin, 30)
  await Promise.all([addUpDays(db), addUpDays(db)])
  const { rows } = await db.execute<{ days: number; first: string }>(
    sql`select count(*)::int as days, min(day)::text as first from sales_days`,
  )
  expect(rows[0]?.days).toBeGreaterThanOrEqual(39)
  const added = await getSales(db, admin, 30)
  expect(added).toEqual(live)
  const within = orders.filter(({ age }) => age < 30)
  expect(added.figures.orders).toBe(within.length)
  expect(added.figures.totalMinor).toBe(within.reduce((sum, { totalMinor }) => sum + totalMinor, 0))
  expect(added.former.orders).toBe(1)
  expect(added.bestSellers[0]?.quantity).toBe(13)
  // What is sold afterwards is there at once, and a second round adds nothing.
  await buy(shop, await newBuyer(db))
  await addUpDays(db)
  expect((await getSales(db, admin, 30)).figures.orders).toBe(within.length + 1)
  const later = new Date(Date.now() + 2 * DAY_MS)
  expect((await getSales(db, admin, 7, later)).figures.orders).toBe(orders.filter(({ age }) => age < 5).length + 1)
})

test('days are added up while an import is being written', async () => {
  await inTransaction(shop.db, async (importing) => {
    await claimApplying(importing)
    await addUpDays(shop.db)
  })
})

test('a chargeback that was won back is not given back any more, today nor on a day that was added up before', async () => {
  const { db, paypal, services } = shop
  const admin = await newAdmin(db, 'manager', 'payments.read')
  const opener = await newAdmin(db, 'manager', 'desk.open')
  const takings = async () => (await getToday(db, opener)).today[0]
  const before = await getSales(db, admin, 7)
  const todayBefore = await takings()
  const [old, fresh] = [await buy(shop, await newBuyer(db)), await buy(shop, await newBuyer(db))]
  for (const { paypalCaptureId } of [old, fresh]) {
    await paypal.reverseCapture(paypalCaptureId)
    await syncRefunds(services, paypalCaptureId, () => 'reversal')
  }
  await db.execute(sql`delete from sales_days`)
  await db.execute(sql`delete from sales_day_items`)
  await tamper(db, sql`update refunds set completed_at = now() - interval '2 days' where order_id = ${old.id}`)
  await addUpDays(db)
  const taken = old.totalMinor + fresh.totalMinor
  expect((await getSales(db, admin, 7)).figures.refundedMinor).toBe(before.figures.refundedMinor + taken)
  const today = await takings()
  expect(today?.refundedMinor).toBe((todayBefore?.refundedMinor ?? 0) + fresh.totalMinor)
  expect(today?.attempts).toBe((todayBefore?.attempts ?? 0) + 2)
  await tamper(db, sql`update refunds set returned_minor = amount_minor where order_id in (${old.id}, ${fresh.id})`)
  expect((await getSales(db, admin, 7)).figures.refundedMinor).toBe(before.figures.refundedMinor)
  expect((await takings())?.refundedMinor).toBe(todayBefore?.refundedMinor ?? 0)
})
