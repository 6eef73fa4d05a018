import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Database } from '@/db/client'
import { findOrderOfCart } from '@/db/queries/orders'
import { openPromiseStage, type PromiseStage } from '@/testing/promise-stage'
import type { TestPayPal } from '@/testing/test-paypal'
import { readStock } from '@/testing/test-shop'

import { finishPayment } from './finish-payment'
import type { PaymentServices } from './payment-services'

let stage: PromiseStage
let db: Database
let paypal: TestPayPal
let services: PaymentServices
let shopper: PromiseStage['shopper']
let begin: PromiseStage['begin']
let sweep: PromiseStage['sweep']
let expectPromiseKept: PromiseStage['expectPromiseKept']
let captureCalls: PromiseStage['captureCalls']

beforeAll(async () => {
  stage = await openPromiseStage()
  ;({ db, paypal, services, shopper, begin, sweep, expectPromiseKept, captureCalls } = stage)
})
afterAll(() => stage.close())

describe('declines', () => {
  test('a declined card can be followed by another way to pay, on the same PayPal order', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId, 'declined_card')
    expect(await finishPayment(services, { ...who, paypalOrderId })).toEqual({
      kind: 'declined',
      issue: 'INSTRUMENT_DECLINED',
    })
    expect(await begin(who)).toBe(paypalOrderId)
    await paypal.approve(paypalOrderId)
    expect(await finishPayment(services, { ...who, paypalOrderId })).toMatchObject({ kind: 'order_placed' })
    const keys = (await captureCalls(paypalOrderId)).map((call) => call.requestId)
    expect(new Set(keys).size).toBe(2)
    await expectPromiseKept(who, 'order')
  })

  test('the worker does not try a declined payment again on its own', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId, 'declined_card')
    await finishPayment(services, { ...who, paypalOrderId })
    await sweep(who)
    expect(await captureCalls(paypalOrderId)).toHaveLength(1)
    await sweep(who, { holdToo: true })
    await expectPromiseKept(who, 'no order')
  })

  test('a capture that PayPal makes and declines is no order, and its stock is free again', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId, 'declined_capture')
    expect(await finishPayment(services, { ...who, paypalOrderId })).toEqual({
      kind: 'closed',
      reason: 'capture_failed',
    })
    await expectPromiseKept(who, 'no order')
  })

  test('a payment under review waits with its stock, and becomes an order when PayPal completes it', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId, 'pending')
    expect(await finishPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'pending' })
    expect(await findOrderOfCart(db, who.cart.cartId)).toBeNull()
    expect(await readStock(db, who.variantId)).toEqual({ onHand: 10, held: 2 })
    const pending = (await paypal.ledger()).findLast((entry) => entry.orderId === paypalOrderId)
    await paypal.completeCapture(pending?.captureId ?? '')
    await sweep(who)
    await expectPromiseKept(who, 'order')
  })

  test('a payment under review that is denied frees its stock', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId, 'pending')
    await finishPayment(services, { ...who, paypalOrderId })
    const pending = (await paypal.ledger()).findLast((entry) => entry.orderId === paypalOrderId)
    await paypal.denyCapture(pending?.captureId ?? '')
    await sweep(who)
    expect(await readStock(db, who.variantId)).toEqual({ onHand: 10, held: 0 })
    await expectPromiseKept(who, 'no order')
  })
})
