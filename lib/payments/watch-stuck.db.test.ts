import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { listStuck } from '@/db/queries/stuck'
import { decideIncident } from '@/lib/payments/incidents/decide-incident'
import { captureBehindOurBack, tamper } from '@/testing/tamper'
import { beginPaying, buy, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'
import { letTimePass } from '@/testing/test-shop'

import { closeCartAttempts } from './close-cart-attempts'
import { finishPayment } from './finish-payment'
import { requestRefund } from './request-refund'
import { sweepPayments } from './sweep-payments'
import { sweepRefunds } from './sweep-refunds'
import { lookForStuck } from './watch-stuck'

const DAY_MINUTES = 1_440

let shop: TestShop

beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())

/** As if it had come into its state so many minutes ago. */
async function age(table: 'payment_attempts' | 'refunds', id: string, minutes: number): Promise<void> {
  await tamper(
    shop.db,
    sql`update ${sql.identifier(table)} set state_since = now() - make_interval(mins => ${minutes}), next_action_at = now()
      where id = ${id}`,
  )
}

async function incidentAbout(id: string) {
  const { rows } = await shop.db.execute<{ id: string; resolution: string | null; state: string }>(
    sql`select id, resolution, details->>'state' as state from payment_incidents where key = ${`stuck:${id}`}`,
  )
  return rows[0]
}

/** An attempt about whose capture PayPal gives no answer. */
async function attemptWithoutAnswer(): Promise<string> {
  const who = await newBuyer(shop.db)
  const paypalOrderId = await beginPaying(shop, who)
  await shop.paypal.approve(paypalOrderId)
  await shop.paypal.fault('capture', 'error_before')
  expect(await finishPayment(shop.services, { ...who, paypalOrderId })).toEqual({ kind: 'unknown' })
  const { rows } = await shop.db.execute<{ id: string }>(
    sql`select id from payment_attempts where paypal_order_id = ${paypalOrderId}`,
  )
  return rows[0]?.id ?? ''
}

test('a capture without an answer is put before a person after five minutes, once, and settles when the answer comes', async () => {
  const id = await attemptWithoutAnswer()
  await age('payment_attempts', id, 4)
  expect(await lookForStuck(shop.db)).toBe(0)
  await age('payment_attempts', id, 6)
  expect(await lookForStuck(shop.db)).toBe(1)
  expect(await lookForStuck(shop.db)).toBe(1)
  expect(await incidentAbout(id)).toMatchObject({ resolution: null, state: 'capturing' })

  await sweepPayments(shop.services)
  expect(await lookForStuck(shop.db)).toBe(0)
  expect(await incidentAbout(id)).toMatchObject({ resolution: 'settled' })
})

test('a decision about what has moved on meanwhile settles it instead', async () => {
  const id = await attemptWithoutAnswer()
  await age('payment_attempts', id, 6)
  await lookForStuck(shop.db)
  await sweepPayments(shop.services)
  const incident = await incidentAbout(id)
  const input = { incidentId: incident?.id ?? '', decision: 'ignore', by: 'operator', note: 'seen' } as const
  expect(await decideIncident(shop.services, input)).toMatchObject({ kind: 'already_decided' })
  expect(await incidentAbout(id)).toMatchObject({ resolution: 'settled' })
})

test('a review is given five days', async () => {
  const who = await newBuyer(shop.db)
  const paypalOrderId = await beginPaying(shop, who)
  await shop.paypal.approve(paypalOrderId, 'pending')
  await finishPayment(shop.services, { ...who, paypalOrderId })
  const { rows } = await shop.db.execute<{ id: string }>(
    sql`select id from payment_attempts where paypal_order_id = ${paypalOrderId}`,
  )
  const id = rows[0]?.id ?? ''
  await age('payment_attempts', id, 5 * DAY_MINUTES - 1)
  expect(await lookForStuck(shop.db)).toBe(0)
  await age('payment_attempts', id, 5 * DAY_MINUTES + 1)
  expect(await lookForStuck(shop.db)).toBe(1)
  expect(await incidentAbout(id)).toMatchObject({ state: 'pending' })
})

test('a refund that PayPal does not answer for an hour is put before a person, and settles when it is made', async () => {
  const order = await buy(shop, await newBuyer(shop.db))
  const refundId = randomUUID()
  await shop.paypal.fault('refund', 'error_before')
  const request = { kind: 'amount', amountMinor: 500 } as const
  await requestRefund(shop.services, { refundId, orderNumber: order.orderNumber, request, noteToPayer: '' })
  await age('refunds', refundId, 59)
  await lookForStuck(shop.db)
  expect(await incidentAbout(refundId)).toBeUndefined()
  await age('refunds', refundId, 61)
  await lookForStuck(shop.db)
  expect(await incidentAbout(refundId)).toMatchObject({ resolution: null, state: 'pending' })
  await sweepRefunds(shop.services)
  await lookForStuck(shop.db)
  expect(await incidentAbout(refundId)).toMatchObject({ resolution: 'settled' })
})

test('what counts is the time since the state began: a buyer who took long is no alarm at the first try', async () => {
  const who = await newBuyer(shop.db)
  const paypalOrderId = await beginPaying(shop, who)
  await tamper(
    shop.db,
    sql`update payment_attempts set created_at = now() - interval '3 hours', state_since = now() - interval '3 hours'
      where paypal_order_id = ${paypalOrderId}`,
  )
  await shop.paypal.approve(paypalOrderId)
  await shop.paypal.fault('capture', 'error_before')
  expect(await finishPayment(shop.services, { ...who, paypalOrderId })).toEqual({ kind: 'unknown' })
  await lookForStuck(shop.db)
  const { rows } = await shop.db.execute<{ id: string }>(
    sql`select id from payment_attempts where paypal_order_id = ${paypalOrderId}`,
  )
  expect(await incidentAbout(rows[0]?.id ?? '')).toBeUndefined()
})

test('a closed payment whose money cannot be written is put before a person, and settles when it can', async () => {
  const who = await newBuyer(shop.db)
  const paypalOrderId = await beginPaying(shop, who)
  await closeCartAttempts(shop.db, who.cart.cartId)
  await captureBehindOurBack(shop, paypalOrderId)
  await shop.db.execute(sql`alter table orders add constraint refuse_all check (false) not valid`)
  const sweep = async () => {
    await letTimePass(shop.db, who.cart.cartId)
    await sweepPayments(shop.services)
    await lookForStuck(shop.db)
  }
  const { rows } = await shop.db.execute<{ id: string }>(
    sql`select id from payment_attempts where paypal_order_id = ${paypalOrderId}`,
  )
  const id = rows[0]?.id ?? ''
  await sweep()
  expect(await incidentAbout(id)).toBeUndefined()
  await shop.db.execute(
    sql`update payment_attempts set failing_since = failing_since - interval '16 minutes' where id = ${id}`,
  )
  await sweep()
  expect(await incidentAbout(id)).toMatchObject({ resolution: null, state: 'closed' })
  await shop.db.execute(sql`alter table orders drop constraint refuse_all`)
  await sweep()
  expect(await incidentAbout(id)).toMatchObject({ resolution: 'settled' })
})

test('money without an order is put before a person when none of its refunds is under way', async () => {
  const who = await newBuyer(shop.db, { onHand: 2 })
  const paypalOrderId = await beginPaying(shop, who)
  await closeCartAttempts(shop.db, who.cart.cartId)
  await beginPaying(shop, await newBuyer(shop.db, { variantId: who.variantId, quantity: 1 }))
  await captureBehindOurBack(shop, paypalOrderId)
  await letTimePass(shop.db, who.cart.cartId)
  await sweepPayments(shop.services)
  const { rows } = await shop.db.execute<{ id: string; state: string }>(
    sql`select id, state from payment_attempts where paypal_order_id = ${paypalOrderId}`,
  )
  const { id = '', state } = rows[0] ?? {}
  expect(state).toBe('refunding')
  await age('payment_attempts', id, 61)
  await lookForStuck(shop.db)
  expect(await incidentAbout(id)).toBeUndefined()
  await tamper(
    shop.db,
    sql`update refunds set state = 'failed', next_action_at = null where paypal_capture_id in
    (select paypal_capture_id from payment_captures where attempt_id = ${id})`,
  )
  await lookForStuck(shop.db)
  expect(await incidentAbout(id)).toMatchObject({ resolution: null, state: 'refunding' })
})

describe('a nightly comparison that stays unclear', () => {
  const stuckOnes = async () => (await listStuck(shop.db)).filter(({ what }) => what === 'comparison')
  const night = (daysAgo: number, unclear: number) =>
    shop.db
      .execute(sql`insert into reconciliation_runs (nightly, span_from, span_to, started_at, finished_at, lease_until, unclear)
      select true, at, at, at, at, at, ${unclear} from (select now() - make_interval(days => ${daysAgo}) as at) night`)

  test('is put before a person after two nights in a row, under the first of them, until one is clear', async () => {
    await night(6, 1)
    await night(5, 0)
    await night(4, 2)
    expect(await stuckOnes()).toEqual([])
    await night(3, 1)
    const [stuck] = await stuckOnes()
    expect(stuck).toMatchObject({ tries: 2, lastIssue: expect.stringContaining('2 differences') })
    await night(2, 1)
    expect(await stuckOnes()).toMatchObject([{ id: stuck?.id, tries: 3 }])
    await lookForStuck(shop.db)
    expect(await incidentAbout(stuck?.id ?? '')).toMatchObject({ resolution: null, state: 'unclear' })
    await night(1, 0)
    await lookForStuck(shop.db)
    expect(await incidentAbout(stuck?.id ?? '')).toMatchObject({ resolution: 'settled' })
  })
})
