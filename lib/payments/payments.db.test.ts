import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Database } from '@/db/client'
import { withoutBought } from '@/lib/domain/cart'
import type { CheckoutDraft } from '@/lib/domain/checkout'
import { openPromiseStage, type PromiseStage } from '@/testing/promise-stage'
import type { TestPayPal } from '@/testing/test-paypal'
import { cartOf, newBuyerKey, readStock, stockProduct } from '@/testing/test-shop'

import { closeCartAttempts, findItemsUnderReview } from './close-cart-attempts'
import { finalisePayment } from './finalise-payment'
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

beforeAll(async () => {
  stage = await openPromiseStage()
  ;({ db, paypal, services, draft, shopper, begin, sweep, expectPromiseKept, captureCalls } = stage)
})
afterAll(() => stage.close())

describe('buying', () => {
  test('an approved payment becomes an order with its items, and the stock is sold', async () => {
    const who = await shopper({ onHand: 5 })
    const paypalOrderId = await begin(who)
    expect(await readStock(db, who.variantId)).toEqual({ onHand: 5, held: 2 })
    await paypal.approve(paypalOrderId)
    const outcome = await finishPayment(services, { ...who, paypalOrderId })
    expect(outcome).toMatchObject({ kind: 'order_placed', bought: who.cart.items, cartId: who.cart.cartId })
    expect(await readStock(db, who.variantId)).toEqual({ onHand: 3, held: 0 })
    await expectPromiseKept(who, 'order')
    const { rows } = await db.execute(sql`
      select o.items_minor, o.delivery_minor, o.tax_minor, o.total_minor, o.state, i.quantity, i.unit_price_minor, i.product_name
      from orders o join order_items i on i.order_id = o.id where o.cart_id = ${who.cart.cartId}`)
    expect(rows).toEqual([
      {
        items_minor: '5600',
        delivery_minor: '600',
        tax_minor: '406',
        total_minor: '6606',
        state: 'created',
        quantity: 2,
        unit_price_minor: '2800',
        product_name: 'Contour No. 14',
      },
    ])
  })

  test('an unchanged cart gets the same PayPal order however often it is asked for', async () => {
    const who = await shopper()
    const first = await begin(who)
    const again = await Promise.all([begin(who), begin(who), begin(who)])
    expect(new Set([first, ...again])).toEqual(new Set([first]))
    expect(await readStock(db, who.variantId)).toEqual({ onHand: 10, held: 2 })
  })

  test('another address closes the former attempt and gives its stock back', async () => {
    const who = await shopper()
    const first = await begin(who)
    const elsewhere = { ...draft, address: { ...draft.address!, region: 'NY', postalCode: '10001', city: 'New York' } }
    const second = await startPayment(services, { ...who, draft: elsewhere, shownTotalMinor: null })
    expect(second.kind).toBe('started')
    expect(await readStock(db, who.variantId)).toEqual({ onHand: 10, held: 2 })
    await paypal.approve(first)
    expect(await finishPayment(services, { ...who, paypalOrderId: first })).toEqual({
      kind: 'closed',
      reason: 'replaced',
    })
    expect(await captureCalls(first)).toEqual([])
  })

  test('five tabs finishing at once make one capture and one order', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId)
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => finishPayment(services, { ...who, paypalOrderId })),
    )
    expect(new Set(outcomes.map((outcome) => outcome.kind))).toEqual(new Set(['order_placed']))
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1)
    expect(await captureCalls(paypalOrderId)).toHaveLength(1)
    await expectPromiseKept(who, 'order')
  })

  test('a capture that several drivers report at once is booked once', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId)
    const outcome = await services.gateway.captureOrder(paypalOrderId, `stray-${paypalOrderId}`)
    if (outcome.kind !== 'captured' || !outcome.capture.amount) throw new Error(outcome.kind)
    const paid = { ...outcome.capture, amount: outcome.capture.amount }
    const attemptId = paid.customId ?? ''
    await Promise.all([1, 2, 3].map(() => finalisePayment(services, attemptId, paid)))
    await finalisePayment(services, attemptId, paid)
    expect(await readStock(db, who.variantId)).toEqual({ onHand: 8, held: 0 })
    await expectPromiseKept(who, 'order')
  })

  test('a cart that was bought cannot be paid again', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId)
    await finishPayment(services, { ...who, paypalOrderId })
    const again = await startPayment(services, { ...who, draft, shownTotalMinor: null })
    expect(again).toMatchObject({ kind: 'already_ordered', own: true })
    const stranger = await startPayment(services, { ...who, buyerKey: newBuyerKey(), draft, shownTotalMinor: null })
    expect(stranger).toMatchObject({ kind: 'already_ordered', own: false })
  })

  test('only the browser that began the payment may drive it', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId)
    expect(await finishPayment(services, { paypalOrderId, buyerKey: newBuyerKey() })).toEqual({ kind: 'not_found' })
    expect(await finishPayment(services, { paypalOrderId, buyerKey: null })).toEqual({ kind: 'not_found' })
    expect(await readPayment(services, { paypalOrderId: 'NOTHING', buyerKey: who.buyerKey })).toEqual({
      kind: 'not_found',
    })
    expect(await captureCalls(paypalOrderId)).toEqual([])
  })
})

describe('what is refused before money moves', () => {
  test('an empty cart, missing details, a changed total and a method that does not deliver there', async () => {
    const who = await shopper()
    const start = (change: Partial<Parameters<typeof startPayment>[1]>) =>
      startPayment(services, { ...who, draft, shownTotalMinor: null, ...change })
    expect(await start({ cart: cartOf() })).toEqual({ kind: 'cart_empty' })
    expect(await start({ draft: { ...draft, email: 'nobody' } })).toEqual({ kind: 'details_missing', step: 'contact' })
    expect(await start({ draft: { ...draft, deliveryMethodId: 999_999 } })).toEqual({ kind: 'delivery_unavailable' })
    expect(await start({ shownTotalMinor: 1 })).toEqual({
      kind: 'price_changed',
      total: { minor: 6606, currency: 'USD' },
    })
    const germany = { ...draft.address!, country: 'DE', region: '', postalCode: '10115' }
    expect(await start({ draft: { ...draft, address: germany } })).toEqual({ kind: 'delivery_unavailable' })
    expect(await start({ cart: cartOf([2_000_000_000, 1]) })).toMatchObject({ kind: 'lines_unavailable' })
    expect(await readStock(db, who.variantId)).toEqual({ onHand: 10, held: 0 })
  })

  test('of ten buyers of the last piece one may pay', async () => {
    const variantId = await stockProduct(db, 1)
    const buyers = await Promise.all(Array.from({ length: 10 }, () => shopper({ variantId, quantity: 1 })))
    const outcomes = await Promise.all(
      buyers.map((who) => startPayment(services, { ...who, draft, shownTotalMinor: null })),
    )
    expect(outcomes.filter((outcome) => outcome.kind === 'started')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome.kind === 'lines_unavailable')).toHaveLength(9)
    expect(await readStock(db, variantId)).toEqual({ onHand: 1, held: 1 })
  })

  test('capturing before the buyer has approved asks PayPal for no money', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    expect(await finishPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'not_approved' })
    expect(await captureCalls(paypalOrderId)).toEqual([])
  })

  test.each([
    ['amount', { amountValue: '1.00' }],
    ['currency', { currency: 'EUR' }],
    ['payee', { payeeMerchantId: 'SHQTHERSHQP22' }],
  ] as Array<[string, Record<string, string>]>)(
    'a PayPal order whose %s is not ours is never captured',
    async (_what, change) => {
      const who = await shopper()
      const paypalOrderId = await begin(who)
      await paypal.approve(paypalOrderId)
      await paypal.tamper(paypalOrderId, change)
      expect(await finishPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'closed', reason: 'mismatch' })
      expect(await captureCalls(paypalOrderId)).toEqual([])
      await expectPromiseKept(who, 'no order')
    },
  )

  test('a hold that has run out ends the attempt, and a late approval moves no money', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await sweep(who, { holdToo: true })
    expect(await readStock(db, who.variantId)).toEqual({ onHand: 10, held: 0 })
    await paypal.approve(paypalOrderId)
    expect(await finishPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'closed', reason: 'hold_expired' })
    expect(await captureCalls(paypalOrderId)).toEqual([])
    await expectPromiseKept(who, 'no order')
  })

  test('editing the cart ends its payment, but not once money may be moving', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    expect(await closeCartAttempts(db, who.cart.cartId)).toBe('free')
    await paypal.approve(paypalOrderId)
    expect(await finishPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'closed', reason: 'cart_changed' })
    const paying = await shopper()
    const second = await begin(paying)
    await paypal.approve(second)
    await paypal.fault('capture', 'drop_before')
    expect(await finishPayment(services, { ...paying, paypalOrderId: second })).toEqual({ kind: 'unknown' })
    expect(await closeCartAttempts(db, paying.cart.cartId)).toBe('payment_in_progress')
    const restart = await startPayment(services, { ...paying, draft, shownTotalMinor: null })
    expect(restart).toEqual({ kind: 'payment_in_progress', paypalOrderId: second })
    expect(await findItemsUnderReview(db, paying.cart.cartId)).toBeNull()
    await sweep(paying)
    await expectPromiseKept(paying, 'order')
  })

  test('what PayPal checks stays with its payment, and the rest of the cart is bought beside it', async () => {
    const who = await shopper()
    const paypalOrderId = await begin(who)
    await paypal.approve(paypalOrderId, 'pending')
    expect(await finishPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'pending' })
    expect(await closeCartAttempts(db, who.cart.cartId)).toBe('payment_in_progress')
    const reviewed = await findItemsUnderReview(db, who.cart.cartId)
    expect(reviewed).toEqual(who.cart.items)
    const added = await stockProduct(db, 5)
    const both = { ...who.cart, items: [...who.cart.items, [added, 1] satisfies [number, number]] }
    const rest = withoutBought(both, reviewed ?? [], randomUUID())
    expect(rest.items).toEqual([[added, 1]])
    const beside = { ...who, cart: rest }
    const second = await begin(beside)
    await paypal.approve(second)
    expect(await finishPayment(services, { ...beside, paypalOrderId: second })).toMatchObject({ kind: 'order_placed' })
    const [captureId] = (await paypal.ledger()).flatMap((entry) =>
      entry.orderId === paypalOrderId && entry.kind === 'capture' ? [entry.captureId] : [],
    )
    await paypal.completeCapture(captureId ?? '')
    await sweep(who)
    expect(await readPayment(services, { ...who, paypalOrderId })).toMatchObject({ kind: 'order_placed' })
    await expectPromiseKept(who, 'order')
    await expectPromiseKept(beside, 'order')
  })
})
