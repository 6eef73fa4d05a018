import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Database } from '@/db/client'
import type { CheckoutDraft } from '@/lib/domain/checkout'
import type { PaymentGateway } from '@/lib/domain/payment-gateway'
import { openPromiseStage, type PromiseStage } from '@/testing/promise-stage'
import { tamper } from '@/testing/tamper'
import type { TestPayPal } from '@/testing/test-paypal'
import { readStock } from '@/testing/test-shop'

import { closeCartAttempts } from './close-cart-attempts'
import { finishPayment, readPayment } from './finish-payment'
import type { PaymentServices } from './payment-services'
import { startPayment } from './start-payment'

let stage: PromiseStage
let db: Database
let paypal: TestPayPal
let services: PaymentServices
let draft: CheckoutDraft
let shopper: PromiseStage['shopper']
let begin: PromiseStage['begin']
let sweep: PromiseStage['sweep']
let expectPromiseKept: PromiseStage['expectPromiseKept']
let captureCalls: PromiseStage['captureCalls']
let dyingServices: PromiseStage['dyingServices']

beforeAll(async () => {
  stage = await openPromiseStage()
  ;({ db, paypal, services, draft, shopper, begin, sweep, expectPromiseKept, captureCalls, dyingServices } = stage)
})
afterAll(() => stage.close())

describe('bad luck', () => {
  test.each([
    'error_after',
    'drop_after',
    'hang_after',
    'malformed',
    'drop_before',
    'error_before',
    'rate_limit',
    'not_found_page',
  ])('a capture that ends in %s is unknown to the buyer and an order soon after', async (fault) => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId)
    await paypal.fault('capture', fault)
    expect(await finishPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'unknown' })
    await sweep(who)
    expect(await readPayment(services, { ...who, paypalOrderId })).toMatchObject({ kind: 'order_placed' })
    await expectPromiseKept(who, 'order')
  })

  test('a capture whose answer is lost, of an order that PayPal then does not show, is still an order', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId)
    await paypal.fault('capture', 'drop_after')
    expect(await finishPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'unknown' })
    await paypal.fault('get_order', 'refuse', { issue: 'INVALID_RESOURCE_ID' })
    await sweep(who)
    expect(await readPayment(services, { ...who, paypalOrderId })).toMatchObject({ kind: 'order_placed' })
    await expectPromiseKept(who, 'order')
  })

  test('a capture whose answer is lost, and then a gateway that finds neither order nor capture, is still an order', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId)
    await paypal.fault('capture', 'drop_after')
    expect(await finishPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'unknown' })
    await paypal.fault('any', 'not_found_page', { times: 2 })
    await sweep(who)
    await sweep(who)
    expect(await readPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'unknown' })
    expect(await readStock(db, who.variantId)).toEqual({ onHand: 10, held: 2 })
    await paypal.forgetFaults()
    await sweep(who)
    expect(await readPayment(services, { ...who, paypalOrderId })).toMatchObject({ kind: 'order_placed' })
    await expectPromiseKept(who, 'order')
  })

  test('a payment under review that a gateway does not find for a while keeps its stock', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId, 'pending')
    expect(await finishPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'pending' })
    await paypal.fault('any', 'not_found_page')
    await sweep(who)
    expect(await readPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'pending' })
    expect(await readStock(db, who.variantId)).toEqual({ onHand: 10, held: 2 })
  })

  test('a capture that PayPal knows no order for ends the attempt, and the buyer may begin anew', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId)
    await paypal.fault('capture', 'refuse', { issue: 'INVALID_RESOURCE_ID' })
    expect(await finishPayment(services, { ...who, paypalOrderId })).toEqual({
      kind: 'closed',
      reason: 'paypal_order_gone',
    })
    await expectPromiseKept(who, 'no order')
  })

  test('an invoice that was paid by something else ends the attempt once no earlier call can be meant', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId)
    await paypal.fault('capture', 'refuse', { issue: 'DUPLICATE_INVOICE_ID', times: 9 })
    expect(await finishPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'unknown' })
    for (let tries = 1; tries < 5; tries++) await sweep(who)
    expect(await readPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'unknown' })
    await sweep(who)
    expect(await readPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'closed', reason: 'paypal_refused' })
    await paypal.forgetFaults()
    await expectPromiseKept(who, 'no order')
  })

  test.each(['unauthorized', 'rate_limit', 'error_before', 'drop_after', 'malformed', 'not_found_page'])(
    'a PayPal order that meets %s at its creation is still the only one',
    async (fault) => {
      const who = await shopper()
      await paypal.fault('create_order', fault)
      const first = await startPayment(services, { ...who, draft, shownTotalMinor: null })
      expect(['started', 'paypal_unavailable']).toContain(first.kind)
      const paypalOrderId = await begin(who)
      const creations = (await paypal.requests()).filter((request) => request.operation === 'create_order')
      const last = creations.at(-1)
      const same = creations.filter((call) => JSON.stringify(call.body) === JSON.stringify(last?.body))
      expect(same.length).toBeGreaterThan(1)
      expect(new Set(same.map((call) => call.requestId)).size).toBe(1)
      await paypal.approve(paypalOrderId)
      await finishPayment(services, { ...who, paypalOrderId })
      await expectPromiseKept(who, 'order')
    },
  )

  test('a PayPal order whose answer was lost is asked for in the same words, also when the shop has a new name and address', async () => {
    const who = await shopper()
    await paypal.fault('create_order', 'drop_after')
    const first = await startPayment(services, { ...who, draft, shownTotalMinor: null })
    expect(first.kind).toBe('paypal_unavailable')
    await db.execute(sql`update shop_settings set name = 'Renamed shop'`)
    const moved = { ...services, appUrl: 'http://moved.example', invoicePrefix: 'MOVED' }
    const paypalOrderId = await begin(who, moved)
    await db.execute(sql`update shop_settings set name = 'Test shop'`)
    await paypal.approve(paypalOrderId)
    expect(await finishPayment(services, { ...who, paypalOrderId })).toMatchObject({ kind: 'order_placed' })
    await expectPromiseKept(who, 'order')
  })

  test('a shop that has forgotten which order PayPal gave it, as after a restore, finds it again when its buyer has approved', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId)
    await tamper(
      db,
      sql`update payment_attempts set state = 'creating', paypal_order_id = null, approve_url = null,
      next_action_at = now() where cart_id = ${who.cart.cartId}`,
    )
    await sweep(who)
    await sweep(who)
    expect(await readPayment(services, { ...who, paypalOrderId })).toMatchObject({ kind: 'order_placed' })
    await expectPromiseKept(who, 'order')
  })

  const deaths: Array<[string, keyof PaymentGateway, 'before' | 'after']> = [
    ['K1, with stock held and PayPal not asked', 'createOrder', 'before'],
    ['K2, with a PayPal order we do not know of', 'createOrder', 'after'],
  ]
  test.each(deaths)('a process killed after %s leaves nothing behind', async (_step, method, when) => {
    const who = await shopper()
    await expect(begin(who, dyingServices(method, when))).rejects.toThrow('killed')
    await sweep(who)
    await sweep(who, { holdToo: true })
    expect(await readStock(db, who.variantId)).toEqual({ onHand: 10, held: 0 })
    await expectPromiseKept(who, 'no order')
  })

  const payingDeaths: Array<[string, keyof PaymentGateway, 'before' | 'after']> = [
    ['K3, with the buyer’s approval', 'getOrder', 'before'],
    ['K4, having looked', 'getOrder', 'after'],
    ['K5, behind the fence', 'captureOrder', 'before'],
    ['K6, with the money taken and nobody told', 'captureOrder', 'after'],
  ]
  test.each(payingDeaths)('a process killed after %s is finished by the worker', async (_step, method, when) => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId)
    const dying = finishPayment(dyingServices(method, when), { ...who, paypalOrderId })
    await expect(dying).rejects.toThrow('killed')
    await sweep(who)
    expect(await readPayment(services, { ...who, paypalOrderId })).toMatchObject({ kind: 'order_placed' })
    await expectPromiseKept(who, 'order')
  })

  test('a process killed after K7 has placed the order: whoever asks again is told of it', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId)
    await finishPayment(services, { ...who, paypalOrderId })
    await sweep(who)
    expect(await finishPayment(services, { ...who, paypalOrderId })).toMatchObject({ kind: 'order_placed' })
    expect(await captureCalls(paypalOrderId)).toHaveLength(1)
    await expectPromiseKept(who, 'order')
  })
})

describe('money that cannot become an order goes back', () => {
  async function captureBehindOurBack(paypalOrderId: string): Promise<void> {
    await paypal.approve(paypalOrderId)
    await services.gateway.captureOrder(paypalOrderId, `stray-${paypalOrderId}`)
  }

  test('a capture that turns up for a closed attempt becomes a late order while stock is free', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await closeCartAttempts(db, who.cart.cartId)
    await captureBehindOurBack(paypalOrderId)
    await sweep(who)
    expect(await readStock(db, who.variantId)).toEqual({ onHand: 8, held: 0 })
    await expectPromiseKept(who, 'order')
  })

  test('a capture that turns up when the stock is sold is refunded in full', async () => {
    const who = await shopper({ onHand: 2 })
    const paypalOrderId = await begin(who)
    await closeCartAttempts(db, who.cart.cartId)
    await begin(await shopper({ variantId: who.variantId, quantity: 1 }))
    await captureBehindOurBack(paypalOrderId)
    await sweep(who)
    expect(await readPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'refunded' })
    await expectPromiseKept(who, 'no order')
  })

  test('a second payment of the same cart is refunded, whatever happens to the refund’s answer', async () => {
    const who = await shopper()
    const stray = await begin(who)
    await closeCartAttempts(db, who.cart.cartId)
    const paid = await begin(who)
    await paypal.approve(paid)
    await finishPayment(services, { ...who, paypalOrderId: paid })
    await captureBehindOurBack(stray)
    await paypal.fault('refund', 'drop_after')
    await sweep(who)
    await sweep(who)
    await expectPromiseKept(who, 'order')
  })

  test('a capture of another amount than was asked for is refunded and placed as no order', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await closeCartAttempts(db, who.cart.cartId)
    await paypal.tamper(paypalOrderId, { amountValue: '1.00' })
    await captureBehindOurBack(paypalOrderId)
    await sweep(who)
    await expectPromiseKept(who, 'no order')
  })
})
