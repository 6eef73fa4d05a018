import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { checkInvariants } from '@/db/queries/invariant-checks'
import type { RefundRequest } from '@/lib/domain/refund-request'
import { captureBehindOurBack, tamper } from '@/testing/tamper'
import { beginPaying, buy, newBuyer, type BoughtOrder } from '@/testing/test-buyer'
import { balances, bookedByCapture, heldByCapture } from '@/testing/test-ledger'
import { letTimePass } from '@/testing/test-shop'
import { dealWithEvents, openWebhookShop, type WebhookShop } from '@/testing/test-webhooks'

import { finishPayment } from './finish-payment'
import { reconcile } from './reconciliation/reconcile'
import { requestRefund } from './request-refund'
import { sweepPayments } from './sweep-payments'
import { sweepRefunds } from './sweep-refunds'

let shop: WebhookShop

beforeAll(async () => {
  shop = await openWebhookShop()
})
afterAll(() => shop.close())

const newOrder = async () => buy(shop, await newBuyer(shop.db))

async function refundHere({ orderNumber }: BoughtOrder, request: RefundRequest): Promise<void> {
  const input = { refundId: randomUUID(), orderNumber, request, noteToPayer: '' }
  const outcome = await requestRefund(shop.services, input)
  if (outcome.kind !== 'requested') throw new Error(outcome.kind)
}

/** Pays so that PayPal holds the payment for a review. @returns the capture's id. */
async function payUnderReview(): Promise<string> {
  const who = await newBuyer(shop.db)
  const paypalOrderId = await beginPaying(shop, who)
  await shop.paypal.approve(paypalOrderId, 'pending')
  expect(await finishPayment(shop.services, { ...who, paypalOrderId })).toEqual({ kind: 'pending' })
  const entry = (await shop.paypal.ledger()).findLast((each) => each.orderId === paypalOrderId)
  return entry?.captureId ?? ''
}

async function lookAtRefunds(): Promise<void> {
  await shop.db.execute(sql`update refunds set next_action_at = now() where next_action_at is not null`)
  await sweepRefunds(shop.services)
}

/** PayPal tells of everything so far, twice over and out of order, and the worker deals with it. */
async function hear(seed: number): Promise<void> {
  await shop.paypal.spoilWebhooks('duplicate', { times: 3 })
  await shop.paypal.drainWebhooks({ order: 'shuffled', seed })
  for (let round = 0; round < 4; round++) await dealWithEvents(shop)
}

async function expectBooksEqualLedger(): Promise<void> {
  expect(await bookedByCapture(shop.db)).toEqual(await heldByCapture(shop.paypal))
  expect((await checkInvariants(shop.db)).flatMap(({ findings }) => findings)).toEqual([])
}

async function sumOfLedger(...kinds: string[]): Promise<number> {
  const entries = (await shop.paypal.ledger()).filter(({ kind }) => kinds.includes(kind))
  return entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
}

async function reconcileNow() {
  const hour = 3_600_000
  return reconcile(shop.services, { from: new Date(Date.now() - hour), to: new Date(Date.now() + hour) })
}

test('captures, fees, refunds here and at PayPal, reversals and disputes: the journal equals PayPal’s ledger to the cent', async () => {
  await newOrder()
  await refundHere(await newOrder(), { kind: 'rest', restock: true })
  const inParts = await newOrder()
  await refundHere(inParts, { kind: 'amount', amountMinor: 333 })
  await refundHere(inParts, { kind: 'amount', amountMinor: 334 })
  const line = [{ position: 0, quantity: 1, restock: true }]
  await refundHere(await newOrder(), { kind: 'lines', lines: line, withDelivery: true })
  const onBothSides = await newOrder()
  await shop.paypal.refundOnSite(onBothSides.paypalCaptureId, '3.01')
  await refundHere(onBothSides, { kind: 'amount', amountMinor: 1_999 })
  const whollyOnSite = await newOrder()
  await shop.paypal.refundOnSite(whollyOnSite.paypalCaptureId)
  await hear(1)
  await expectBooksEqualLedger()

  await shop.paypal.reverseCapture((await newOrder()).paypalCaptureId)
  const reversedInPart = await newOrder()
  await shop.paypal.reverseCapture(reversedInPart.paypalCaptureId, '4.44')
  await refundHere(reversedInPart, { kind: 'amount', amountMinor: 101 })
  const lost = await shop.paypal.openDispute((await newOrder()).paypalCaptureId)
  const partlyRefunded = await newOrder()
  await refundHere(partlyRefunded, { kind: 'amount', amountMinor: 1_000 })
  const lostInPart = await shop.paypal.openDispute(partlyRefunded.paypalCaptureId, { amountValue: '7.77' })
  const won = await shop.paypal.openDispute((await newOrder()).paypalCaptureId)
  await hear(2)
  await shop.paypal.resolveDispute(lost.id, 'RESOLVED_BUYER_FAVOUR')
  await shop.paypal.resolveDispute(lostInPart.id, 'RESOLVED_BUYER_FAVOUR')
  await shop.paypal.resolveDispute(won.id, 'RESOLVED_SELLER_FAVOUR')
  await hear(3)
  await expectBooksEqualLedger()

  await shop.paypal.completeCapture(await payUnderReview())
  await shop.paypal.denyCapture(await payUnderReview())
  await payUnderReview()
  await shop.paypal.set({ refundsStayPending: true })
  await refundHere(await newOrder(), { kind: 'amount', amountMinor: 777 })
  await refundHere(await newOrder(), { kind: 'rest', restock: false })
  const [comes, fails] = (await shop.paypal.ledger()).filter(({ kind }) => kind === 'refund_pending')
  await shop.paypal.completeRefund(comes?.refundId ?? '')
  await shop.paypal.failRefund(fails?.refundId ?? '')
  await shop.paypal.set({ refundsStayPending: false })
  await hear(4)
  await lookAtRefunds()
  await expectBooksEqualLedger()

  const behind = await newBuyer(shop.db)
  await captureBehindOurBack(shop, await beginPaying(shop, behind))
  const late = await newBuyer(shop.db, { onHand: 2 })
  const lateOrder = await beginPaying(shop, late)
  await letTimePass(shop.db, late.cart.cartId, { holdToo: true })
  await sweepPayments(shop.services)
  await buy(shop, await newBuyer(shop.db, { variantId: late.variantId }))
  await captureBehindOurBack(shop, lateOrder)
  await hear(5)
  await lookAtRefunds()
  await expectBooksEqualLedger()

  const sums = await balances(shop.db)
  const held = [...(await heldByCapture(shop.paypal)).values()]
  const sumOf = (pick: (each: { left: number; fee: number }) => number) =>
    held.reduce((sum, each) => sum + pick(each), 0)
  expect(sums).toMatchObject({
    paypal_balance: sumOf(({ left, fee }) => left - fee),
    paypal_fees: sumOf(({ fee }) => fee),
    reversals: await sumOfLedger('reversal', 'dispute_lost'),
    buyers_owed: 0,
  })
  const { rows } = await shop.db.execute<{ back: number }>(
    sql`select sum(amount_minor)::int as back from refunds where state = 'completed' and is_automatic_refund(reason)`,
  )
  expect(rows[0]?.back).toBeGreaterThan(0)
  expect((sums['refunds'] ?? 0) + (rows[0]?.back ?? 0)).toBe(await sumOfLedger('refund'))
  const compared = await reconcileNow()
  expect(compared).toMatchObject({ kind: 'compared', runs: [{ repaired: 0, incidentsRaised: 0, unclear: 0 }] })
})

test('a chargeback that is won brings the money back into the books, once, and its order may be fulfilled and refunded', async () => {
  const order = await newOrder()
  const inPart = await shop.paypal.reverseCapture(order.paypalCaptureId, '10.00')
  const rest = await shop.paypal.reverseCapture(order.paypalCaptureId)
  await hear(6)
  await expectBooksEqualLedger()
  await shop.paypal.returnReversal(rest.id)
  await shop.paypal.returnReversal(inPart.id)
  const before = await balances(shop.db)
  expect(await reconcileNow()).toMatchObject({ runs: [{ repaired: 2, incidentsRaised: 0, unclear: 0 }] })
  await expectBooksEqualLedger()
  const after = await balances(shop.db)
  expect((after['paypal_balance'] ?? 0) - (before['paypal_balance'] ?? 0)).toBe(order.totalMinor)
  expect((before['reversals'] ?? 0) - (after['reversals'] ?? 0)).toBe(order.totalMinor)
  const { rows } = await shop.db.execute(
    sql`select 1 from order_holds where order_id = ${order.id} and released_at is null`,
  )
  expect(rows).toEqual([])

  expect(await reconcileNow()).toMatchObject({ runs: [{ repaired: 0, incidentsRaised: 0, unclear: 0 }] })
  await hear(7)
  await refundHere(order, { kind: 'rest', restock: false })
  await hear(8)
  await expectBooksEqualLedger()
  expect((await heldByCapture(shop.paypal)).get(order.paypalCaptureId)?.left).toBe(0)
})

test('money that comes back without a reversal of its amount in our books is put before a person', async () => {
  const order = await newOrder()
  const reversal = await shop.paypal.reverseCapture(order.paypalCaptureId, '5.00')
  await hear(9)
  await tamper(shop.db, sql`update refunds set amount_minor = 499 where paypal_refund_id = ${reversal.id}`)
  await shop.paypal.returnReversal(reversal.id)
  await reconcileNow()
  const { rows } = await shop.db.execute(sql`
    select details->>'listedAs' as listed, amount_minor::int as minor from payment_incidents
    where kind = 'refund_unmatched' and paypal_capture_id = ${order.paypalCaptureId} and details->>'listedAs' is not null`)
  expect(rows).toEqual([{ listed: 'returned', minor: 500 }])
})
