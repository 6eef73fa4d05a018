import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { decideIncident } from '@/lib/payments/incidents/decide-incident'
import { tamper } from '@/testing/tamper'
import { beginPaying, buy, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'

import { finishPayment } from './finish-payment'
import { requestRefund } from './request-refund'
import { sweepPayments } from './sweep-payments'
import { sweepRefunds } from './sweep-refunds'
import { lookForStuck } from './watch-stuck'

let shop: TestShop

beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())

async function age(table: 'payment_attempts' | 'refunds', id: string, hours: number): Promise<void> {
  await tamper(
    shop.db,
    sql`update ${sql.identifier(table)} set created_at = now() - make_interval(hours => ${hours}), next_action_at = now()
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

test('a capture without an answer is put before a person after two hours, once, and settles when the answer comes', async () => {
  const id = await attemptWithoutAnswer()
  await age('payment_attempts', id, 1)
  expect(await lookForStuck(shop.db)).toBe(0)
  await age('payment_attempts', id, 3)
  expect(await lookForStuck(shop.db)).toBe(1)
  expect(await lookForStuck(shop.db)).toBe(1)
  expect(await incidentAbout(id)).toMatchObject({ resolution: null, state: 'capturing' })

  await sweepPayments(shop.services)
  expect(await lookForStuck(shop.db)).toBe(0)
  expect(await incidentAbout(id)).toMatchObject({ resolution: 'settled' })
})

test('a decision about what has moved on meanwhile settles it instead', async () => {
  const id = await attemptWithoutAnswer()
  await age('payment_attempts', id, 3)
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
  await age('payment_attempts', id, 119)
  expect(await lookForStuck(shop.db)).toBe(0)
  await age('payment_attempts', id, 121)
  expect(await lookForStuck(shop.db)).toBe(1)
  expect(await incidentAbout(id)).toMatchObject({ state: 'pending' })
})

test('a refund that PayPal does not answer for two hours is put before a person, and settles when it is made', async () => {
  const order = await buy(shop, await newBuyer(shop.db))
  const refundId = randomUUID()
  await shop.paypal.fault('refund', 'error_before')
  const request = { kind: 'amount', amountMinor: 500 } as const
  await requestRefund(shop.services, { refundId, orderNumber: order.orderNumber, request, noteToPayer: '' })
  await age('refunds', refundId, 3)
  await lookForStuck(shop.db)
  expect(await incidentAbout(refundId)).toMatchObject({ resolution: null, state: 'pending' })
  await sweepRefunds(shop.services)
  await lookForStuck(shop.db)
  expect(await incidentAbout(refundId)).toMatchObject({ resolution: 'settled' })
})
