import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Database } from '@/db/client'
import { findOrderOfCart } from '@/db/queries/orders'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import type { Cart } from '@/lib/domain/cart'
import type { CheckoutDraft } from '@/lib/domain/checkout'
import type { PaymentGateway } from '@/lib/domain/payment-gateway'
import { startTestPayPal, type TestPayPal } from '@/testing/test-paypal'
import {
  cartOf,
  filledDraft,
  letTimePass,
  newBuyerKey,
  readStock,
  setUpShop,
  stockProduct,
  testServices,
} from '@/testing/test-shop'

import { closeCartAttempts } from './close-cart-attempts'
import { finalisePayment } from './finalise-payment'
import { finishPayment, readPayment } from './finish-payment'
import type { PaymentServices } from './payment-services'
import { startPayment } from './start-payment'
import { sweepPayments } from './sweep-payments'
import { sweepRefunds } from './sweep-refunds'

let database: TestDatabase
let db: Database
let paypal: TestPayPal
let services: PaymentServices
let draft: CheckoutDraft

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  paypal = await startTestPayPal()
  services = testServices(db, paypal)
  draft = filledDraft((await setUpShop(db)).deliveryMethodId)
})
afterAll(async () => {
  await paypal.close()
  await database.drop()
})

interface Shopper {
  readonly cart: Cart
  readonly buyerKey: string
  readonly variantId: number
}

async function shopper(options: { onHand?: number; quantity?: number; variantId?: number } = {}): Promise<Shopper> {
  const variantId = options.variantId ?? (await stockProduct(db, options.onHand ?? 10))
  return { variantId, cart: cartOf([variantId, options.quantity ?? 2]), buyerKey: newBuyerKey() }
}

async function begin(who: Shopper, by = services): Promise<string> {
  const outcome = await startPayment(by, { ...who, draft, shownTotalMinor: null })
  if (outcome.kind !== 'started') throw new Error(JSON.stringify(outcome))
  return outcome.paypalOrderId
}

async function sweep(who: Shopper, options: { holdToo?: boolean } = {}): Promise<void> {
  await letTimePass(db, who.cart.cartId, options)
  await sweepPayments(services)
  await sweepRefunds(services)
}

/** What PayPal holds for a cart, net of refunds, in minor units. */
async function heldByPayPal(who: Shopper): Promise<number> {
  const { rows } = await db.execute<{ id: string }>(
    sql`select id from payment_attempts where cart_id = ${who.cart.cartId}`,
  )
  const own = new Set(rows.map((row) => row.id))
  const entries = (await paypal.ledger()).filter((entry) => entry.custom_id !== null && own.has(entry.custom_id))
  return entries.reduce((sum, entry) => {
    if (entry.kind === 'refund') return sum - entry.amountMinor
    const isMoney = entry.kind === 'capture_completed' || (entry.kind === 'capture' && entry.status === 'COMPLETED')
    return isMoney ? sum + entry.amountMinor : sum
  }, 0)
}

/** The promise, for one cart: an order and its money, or neither; and no stock held for nothing. */
async function expectPromiseKept(who: Shopper, expected: 'order' | 'no order'): Promise<void> {
  const order = await findOrderOfCart(db, who.cart.cartId)
  const { rows } = await db.execute<{ total: string }>(
    sql`select total_minor as total from orders where cart_id = ${who.cart.cartId}`,
  )
  expect(order === null ? 'no order' : 'order').toBe(expected)
  expect(await heldByPayPal(who)).toBe(Number(rows[0]?.total ?? 0))
  const held = await db.execute<{ quantity: string }>(sql`
    select coalesce(sum(h.quantity), 0) as quantity from stock_holds h
    join payment_attempts a on a.id = h.attempt_id where a.cart_id = ${who.cart.cartId} and h.state = 'held'`)
  expect(Number(held.rows[0]?.quantity)).toBe(0)
}

const captureCalls = async (paypalOrderId: string) =>
  (await paypal.requests()).filter((request) => request.path.endsWith(`/${paypalOrderId}/capture`))

/** Services whose process dies at a call to PayPal: before it is sent, or after it has had its effect. */
function dyingServices(method: keyof PaymentGateway, when: 'before' | 'after'): PaymentServices {
  const die = () => {
    throw new Error('the process was killed')
  }
  const real = services.gateway
  const gateway: PaymentGateway = {
    ...real,
    [method]: async (...args: never[]) => {
      if (when === 'before') die()
      await (real[method] as (...given: never[]) => Promise<unknown>)(...args)
      return die()
    },
  }
  return { ...services, gateway }
}

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
    await sweep(paying)
    await expectPromiseKept(paying, 'order')
  })
})

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

describe('bad luck', () => {
  test.each(['error_after', 'drop_after', 'hang_after', 'malformed', 'drop_before', 'error_before', 'rate_limit'])(
    'a capture that ends in %s is unknown to the buyer and an order soon after',
    async (fault) => {
      const who = await shopper()
      const paypalOrderId = await begin(who)
      await paypal.approve(paypalOrderId)
      await paypal.fault('capture', fault)
      expect(await finishPayment(services, { ...who, paypalOrderId })).toEqual({ kind: 'unknown' })
      await sweep(who)
      expect(await readPayment(services, { ...who, paypalOrderId })).toMatchObject({ kind: 'order_placed' })
      await expectPromiseKept(who, 'order')
    },
  )

  test.each(['unauthorized', 'rate_limit', 'error_before', 'drop_after', 'malformed'])(
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
