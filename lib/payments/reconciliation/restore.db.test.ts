import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { createDatabase, type Database } from '@/db/client'
import { checkInvariants } from '@/db/queries/invariant-checks'
import { backUp, type Backup } from '@/testing/backup'
import { beginPaying, newBuyer, openTestShop, type TestBuyer, type TestShop } from '@/testing/test-buyer'
import { bookedByCapture, heldByCapture } from '@/testing/test-ledger'
import { testServices } from '@/testing/test-shop'

import { finishPayment } from '../finish-payment'
import { requestRefund } from '../request-refund'
import { sweepPayments } from '../sweep-payments'
import { sweepRefunds } from '../sweep-refunds'
import { reconcile } from './reconcile'

const HOUR_MS = 3_600_000

let shop: TestShop
let later: Database
let ninth: TestBuyer
let tenth: TestBuyer
let backup: Backup

/** A day of business: some of it before the backup, most of it after. */
beforeAll(async () => {
  shop = await openTestShop()
  const begun = await newBuyer(shop.db)
  const begunOrder = await beginPaying(shop, begun)
  const paid = await newBuyer(shop.db)
  const paidBefore = await pay(shop.db, paid, await beginPaying(shop, paid))
  const buyers: TestBuyer[] = []
  for (let index = 0; index < 8; index++) buyers.push(await newBuyer(shop.db, { onHand: 4 }))
  ninth = await newBuyer(shop.db)
  tenth = await newBuyer(shop.db)
  await shop.db.$client.end()
  backup = await backUp(shop.databaseUrl)

  later = createDatabase(shop.databaseUrl)
  await pay(later, begun, begunOrder)
  const captures: Paid[] = []
  for (const who of buyers) {
    captures.push(await pay(later, who, await beginPaying(shop, who, testServices(later, shop.paypal))))
  }
  const [refundedHere, inPart, onSite, whollyOnSite, reversed, reversedInPart] = captures
  await refundHere(refundedHere, { kind: 'rest', restock: true })
  await refundHere(inPart, { kind: 'amount', amountMinor: 500 })
  await shop.paypal.refundOnSite(onSite?.paypalCaptureId ?? '', '3.00')
  await shop.paypal.refundOnSite(whollyOnSite?.paypalCaptureId ?? '')
  await shop.paypal.reverseCapture(reversed?.paypalCaptureId ?? '')
  await shop.paypal.reverseCapture(reversedInPart?.paypalCaptureId ?? '', '4.00')
  await shop.paypal.refundOnSite(paidBefore.paypalCaptureId, '1.00')
  await shop.paypal.moveForeignMoney('20.00', { customId: 'donation', invoiceId: 'INV-1' })
  await shop.paypal.moveForeignMoney('-5.00', {})
  await shop.paypal.moveForeignMoney('20.00', { customId: randomUUID(), invoiceId: 'XY-1' })
})
afterAll(async () => {
  await later.$client.end()
  await backup.drop()
  await shop.paypal.close()
})

interface Paid {
  readonly orderNumber: string
  readonly paypalCaptureId: string
}

async function pay(db: Database, who: TestBuyer, paypalOrderId: string): Promise<Paid> {
  await shop.paypal.approve(paypalOrderId)
  const outcome = await finishPayment(testServices(db, shop.paypal), { ...who, paypalOrderId })
  if (outcome.kind !== 'order_placed') throw new Error(JSON.stringify(outcome))
  const { rows } = await db.execute<{ id: string }>(
    sql`select paypal_capture_id as id from orders where order_number = ${outcome.orderNumber}`,
  )
  return { orderNumber: outcome.orderNumber, paypalCaptureId: rows[0]?.id ?? '' }
}

async function refundHere(
  order: Paid | undefined,
  request: { kind: 'rest'; restock: boolean } | { kind: 'amount'; amountMinor: number },
): Promise<void> {
  const input = { refundId: randomUUID(), orderNumber: order?.orderNumber ?? '', request, noteToPayer: '' }
  const outcome = await requestRefund(testServices(later, shop.paypal), input)
  if (outcome.kind !== 'requested') throw new Error(outcome.kind)
}

const span = () => ({ from: new Date(Date.now() - HOUR_MS), to: new Date(Date.now() + HOUR_MS) })

/** Every row that is about money or stock, so that "nothing changed" means nothing. */
async function photograph(db: Database): Promise<unknown> {
  const tables = ['payment_attempts', 'payment_captures', 'orders', 'order_items', 'refunds', 'journal_entries']
  const more = ['journal_postings', 'stock', 'stock_holds', 'stock_movements', 'order_holds', 'payment_incidents']
  const pictures: Record<string, unknown> = {}
  for (const table of [...tables, ...more]) {
    const { rows } = await db.execute(
      sql`select md5(coalesce(string_agg(t::text, ' ' order by t::text), '')) as sum from ${sql.identifier(table)} t`,
    )
    pictures[table] = rows[0]?.['sum']
  }
  return pictures
}

async function counts(db: Database) {
  const { rows } = await db.execute(sql`select (select count(*) from orders)::int as orders,
    (select count(*) from payment_incidents)::int as incidents,
    (select count(*) from refunds where reason = 'reversal')::int as reversals,
    (select count(*) from refunds where reason <> 'reversal')::int as refunds`)
  return rows[0]
}

test('after a restore from a backup one comparison makes PayPal’s ledger and our books agree, and a second changes nothing', async () => {
  const db = await backup.restore()
  const services = testServices(db, shop.paypal)
  const first = await reconcile(services, span())
  expect(first).toMatchObject({ kind: 'compared', runs: [{ failure: null, incidentsRaised: 0, unclear: 0 }] })
  expect(await bookedByCapture(db)).toEqual(await heldByCapture(shop.paypal))
  expect((await checkInvariants(db)).flatMap(({ findings }) => findings)).toEqual([])
  // All ten payments but the two that were wholly taken back before we knew of them; the one refunded here, too, is only money now.
  const after = await counts(db)
  expect(after).toMatchObject({ incidents: 0, reversals: 2 })

  const picture = await photograph(db)
  const again = await reconcile(services, span())
  expect(again).toMatchObject({ kind: 'compared', runs: [{ repaired: 0, incidentsRaised: 0, unclear: 0 }], settled: 0 })
  expect(await photograph(db)).toEqual(picture)
  expect(after).toEqual({ ...after, orders: 7 })
})

test('also when the worker is at it at the same time, and several processes compare', async () => {
  const db = await backup.restore()
  const services = testServices(db, shop.paypal)
  await db.execute(sql`update payment_attempts set next_action_at = now() where next_action_at is not null`)
  await Promise.all([
    reconcile(services, span()),
    reconcile(services, span()),
    sweepPayments(services),
    sweepRefunds(services),
    reconcile(services, span()),
  ])
  await reconcile(services, span())
  expect(await bookedByCapture(db)).toEqual(await heldByCapture(shop.paypal))
  expect((await checkInvariants(db)).flatMap(({ findings }) => findings)).toEqual([])
})

test('and when PayPal fails in the middle of it, the next comparison goes on', async () => {
  const db = await backup.restore()
  const services = testServices(db, shop.paypal)
  for (const operation of ['get_capture', 'get_order', 'get_refund']) {
    for (const fault of ['error_before', 'drop_after', 'malformed']) await shop.paypal.fault(operation, fault)
  }
  await shop.paypal.fault('search_transactions', 'error_before')
  expect(await reconcile(services, span())).toMatchObject({ kind: 'failed' })
  for (let run = 0; run < 6; run++) await reconcile(services, span())
  expect(await bookedByCapture(db)).toEqual(await heldByCapture(shop.paypal))
  expect((await checkInvariants(db)).flatMap(({ findings }) => findings)).toEqual([])
})

test.each([
  ['that the money is there again', { staysTaken: false }],
  ['what it showed while the bank had it', { staysTaken: true }],
])('a chargeback of everything that was won leaves its order in the books when PayPal shows %s', async (_, shows) => {
  const who = shows.staysTaken ? tenth : ninth
  const { paypalCaptureId } = await pay(later, who, await beginPaying(shop, who, testServices(later, shop.paypal)))
  const reversal = await shop.paypal.reverseCapture(paypalCaptureId)
  await shop.paypal.returnReversal(reversal.id, shows)
  const held = (await heldByCapture(shop.paypal)).get(paypalCaptureId)
  const db = await backup.restore()
  const services = testServices(db, shop.paypal)
  for (let night = 0; night < 2; night++) {
    await reconcile(services, span())
    await sweepPayments(services)
    await sweepRefunds(services)
  }
  expect((await heldByCapture(shop.paypal)).get(paypalCaptureId)).toEqual(held)
  expect((await bookedByCapture(db)).get(paypalCaptureId)).toEqual(held)
  const { rows } = await db.execute(sql`select state, (select count(*)::int from payment_incidents) as incidents
    from orders where paypal_capture_id = ${paypalCaptureId}`)
  expect(rows).toEqual([{ state: 'created', incidents: 0 }])
})
