import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { forgetOldTries } from '@/db/queries/rate-limits'
import { paymentLimits } from '@/lib/domain/payment-limits'
import { newBuyer, openTestShop, type TestBuyer, type TestShop } from '@/testing/test-buyer'
import { cartOf, letTimePass, newBuyerKey, stockProduct } from '@/testing/test-shop'

import { finishPayment } from './finish-payment'
import type { PaymentServices } from './payment-services'
import { startPayment } from './start-payment'
import { sweepPayments } from './sweep-payments'

let shop: TestShop
let services: PaymentServices
/** One product for all: the limits are not about stock. */
let variantId: number

beforeAll(async () => {
  shop = await openTestShop()
  services = { ...shop.services, limitsTries: true }
  variantId = await stockProduct(shop.db, 100_000)
})
afterAll(() => shop.close())
beforeEach(async () => {
  await shop.db.execute(sql`delete from rate_limits`)
  await shop.db.execute(sql`delete from rate_limit_turns`)
})

const [CART, EMAIL, NETWORK] = paymentLimits({ cartId: '', emailHash: '', networkHash: '' }).map(
  ({ capacity }) => capacity,
) as [number, number, number]

const buyer = (): TestBuyer => ({ variantId, cart: cartOf([variantId, 1]), buyerKey: newBuyerKey() })

function start(who: TestBuyer, more: { email?: string; network?: string | null; name?: string } = {}) {
  const { email = 'buyer@example.com', network = '203.0.113.7', name = 'A Buyer' } = more
  const address = shop.draft.address && { ...shop.draft.address, name }
  const draft = { ...shop.draft, email, address }
  return startPayment(services, { ...who, draft, network, shownTotalMinor: null })
}

/** A payment for what the cart was not before: another attempt each time. */
let changes = 0
const startAnew = (who: TestBuyer, more: Parameters<typeof start>[1] = {}) =>
  start(who, { ...more, name: `Buyer ${++changes}` })

/** As if the buckets had last been used that long ago. */
async function letPass(seconds: number): Promise<void> {
  await shop.db.execute(sql`update rate_limits set touched_at = touched_at - make_interval(secs => ${seconds})`)
  await shop.db.execute(sql`update rate_limit_turns set turn_at = turn_at - make_interval(secs => ${seconds})`)
}

async function fill(like: string, level: number): Promise<void> {
  await shop.db.execute(sql`update rate_limits set level = ${level}, touched_at = now() where key like ${like}`)
}

async function requestsToPayPal(): Promise<number> {
  return (await shop.paypal.requests()).filter(({ operation }) => operation === 'create_order').length
}

describe('beginning payments', () => {
  test('a buyer who clicks twice, or ten times, is not slowed', async () => {
    const who = buyer()
    const outcomes = []
    for (let click = 0; click < 30; click++) outcomes.push(await start(who))
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['started']))
    const { rows } = await shop.db.execute<{ level: number }>(
      sql`select level from rate_limits where key like 'pay:cart:%'`,
    )
    expect(Math.round(rows[0]?.level ?? 0)).toBe(1)
  })

  test('one cart is asked for patience before PayPal is asked, and told when to come again', async () => {
    const who = buyer()
    for (let index = 0; index < CART; index++) expect((await startAnew(who)).kind).toBe('started')
    const before = await requestsToPayPal()
    const refused = await startAnew(who)
    if (refused.kind !== 'slow_down') throw new Error(refused.kind)
    expect(refused.retryAfterSeconds).toBeLessThanOrEqual(60)
    expect(await requestsToPayPal()).toBe(before)
    await letPass(refused.retryAfterSeconds)
    expect((await startAnew(who)).kind).toBe('started')
  })

  test('asking again and again while waiting does not make the wait longer', async () => {
    const who = buyer()
    for (let index = 0; index < CART; index++) await startAnew(who)
    const first = await startAnew(who)
    if (first.kind !== 'slow_down') throw new Error(first.kind)
    for (let index = 0; index < 20; index++) await startAnew(who)
    await letPass(first.retryAfterSeconds)
    expect((await startAnew(who)).kind).toBe('started')
  })

  test('one e-mail address is limited over many carts and networks, another is not touched by it', async () => {
    const email = 'tested@example.com'
    for (let index = 0; index < EMAIL; index++) {
      expect((await start(buyer(), { email, network: `198.51.100.${index}` })).kind).toBe('started')
    }
    expect((await start(buyer(), { email: 'TESTED@example.com', network: '192.0.2.1' })).kind).toBe('slow_down')
    expect((await start(buyer(), { email: 'other@example.com', network: '192.0.2.1' })).kind).toBe('started')
  })

  test('what is refused by one limit costs nothing at the others', async () => {
    const email = 'tested@example.com'
    await start(buyer(), { email })
    await fill('pay:email:%', EMAIL)
    for (let index = 0; index < 5; index++) await start(buyer(), { email })
    const { rows } = await shop.db.execute<{ level: number }>(
      sql`select level from rate_limits where key like 'pay:network:%'`,
    )
    expect(rows.map(({ level }) => Math.round(level))).toEqual([1])
  })

  test('a guest behind an address that a flood comes from is let in at the time they were told, while the flood goes on', async () => {
    await start(buyer())
    await fill('pay:network:%', NETWORK)
    const flood = () =>
      Promise.all(Array.from({ length: 8 }, (_, index) => start(buyer(), { email: `bot${index}@example.com` })))
    await flood()
    const guest = buyer()
    const told = await start(guest, { email: 'guest@example.com' })
    if (told.kind !== 'slow_down') throw new Error(told.kind)
    await flood()
    await letPass(told.retryAfterSeconds)
    await fill('pay:network:%', NETWORK * 2)
    await flood()
    expect((await start(guest, { email: 'guest@example.com' })).kind).toBe('started')
    expect((await start(buyer(), { email: 'stranger@example.com' })).kind).toBe('slow_down')
  })

  test('those who were refused do not come in all at once, and each at the time they were told', async () => {
    // By e-mail address turns are a minute apart: a slow machine does not blur them.
    await start(buyer())
    await fill('pay:email:%', EMAIL)
    const guests = Array.from({ length: 6 }, () => buyer())
    const waits: number[] = []
    for (const guest of guests) {
      const told = await start(guest)
      if (told.kind !== 'slow_down') throw new Error(told.kind)
      waits.push(told.retryAfterSeconds)
    }
    for (const [index, guest] of guests.entries()) {
      const since = waits[index - 1] ?? 0
      expect((waits[index] ?? 0) - since).toBeGreaterThan(50)
      await fill('pay:email:%', EMAIL * 2)
      await shop.db.execute(
        sql`update rate_limit_turns set turn_at = turn_at - make_interval(secs => ${(waits[index] ?? 0) - since})`,
      )
      const outcomes = await Promise.all(guests.slice(index).map((each) => start(each)))
      expect(outcomes.filter(({ kind }) => kind === 'started')).toHaveLength(1)
      expect((await start(guest)).kind).toBe('started')
    }
  })

  test('a caller whose network cannot be told is still limited by cart and e-mail', async () => {
    const who = buyer()
    for (let index = 0; index < CART; index++) await startAnew(who, { network: null })
    expect((await startAnew(who, { network: null })).kind).toBe('slow_down')
  })

  test('many at once are counted one by one', async () => {
    await start(buyer())
    await fill('pay:network:%', NETWORK - 3)
    const outcomes = await Promise.all(
      Array.from({ length: 9 }, (_, index) => start(buyer(), { email: `c${index}@example.com` })),
    )
    expect(outcomes.filter(({ kind }) => kind === 'started')).toHaveLength(3)
  })

  test('neither address nor e-mail is in the keys', async () => {
    await start(buyer(), { email: 'secret@example.com', network: '203.0.113.99' })
    const { rows } = await shop.db.execute(sql`select string_agg(key, ' ') as keys from rate_limits`)
    expect(rows[0]?.['keys']).not.toMatch(/secret|example|203\.0/)
  })
})

describe('declines', () => {
  async function decline(who: TestBuyer): Promise<string> {
    const outcome = await start(who)
    if (outcome.kind !== 'started') return outcome.kind
    await shop.paypal.approve(outcome.paypalOrderId, 'declined_card')
    return (await finishPayment(services, { ...who, paypalOrderId: outcome.paypalOrderId, network: '203.0.113.7' }))
      .kind
  }

  test('count more than beginnings: the third on one cart has to wait before PayPal is asked again', async () => {
    const who = buyer()
    expect([await decline(who), await decline(who), await decline(who)]).toEqual(['declined', 'declined', 'declined'])
    expect(await decline(who)).toBe('slow_down')
    await letPass(600)
    expect(await decline(who)).toBe('declined')
  })

  /** One PayPal order, approved again after each decline and captured without beginning anew, as a tester would. */
  async function captureAgain(who: TestBuyer, paypalOrderId: string, network: string | null = '203.0.113.7') {
    await shop.paypal.approve(paypalOrderId, 'declined_card')
    return finishPayment(services, { ...who, paypalOrderId, network })
  }
  const captureCalls = async (paypalOrderId: string) =>
    (await shop.paypal.requests()).filter(
      ({ operation, path }) => operation === 'capture' && path.includes(paypalOrderId),
    ).length

  async function begin(who: TestBuyer, more: Parameters<typeof start>[1] = {}): Promise<string> {
    const outcome = await start(who, more)
    if (outcome.kind !== 'started') throw new Error(outcome.kind)
    return outcome.paypalOrderId
  }

  test('of one PayPal order, captured again and again, have to wait before PayPal is asked again, and not for ever', async () => {
    const who = buyer()
    const paypalOrderId = await begin(who)
    const kinds = []
    for (let index = 0; index < 3; index++) kinds.push((await captureAgain(who, paypalOrderId)).kind)
    expect(kinds).toEqual(['declined', 'declined', 'declined'])
    const told = await captureAgain(who, paypalOrderId)
    if (told.kind !== 'slow_down') throw new Error(told.kind)
    expect(told.retryAfterSeconds).toBeLessThanOrEqual(600)
    for (let index = 0; index < 5; index++) expect((await captureAgain(who, paypalOrderId)).kind).toBe('slow_down')
    expect(await captureCalls(paypalOrderId)).toBe(3)
    await letPass(told.retryAfterSeconds)
    expect((await captureAgain(who, paypalOrderId)).kind).toBe('declined')
    expect(await captureCalls(paypalOrderId)).toBe(4)
  })

  test('of many carts and addresses on one network have the next approval wait a minute at most', async () => {
    const who = buyer()
    const paypalOrderId = await begin(who, { email: 'guest@example.com' })
    await shop.paypal.approve(paypalOrderId)
    await fill('pay:network:%', NETWORK * 2)
    const told = await finishPayment(services, { ...who, paypalOrderId, network: '203.0.113.7' })
    if (told.kind !== 'slow_down') throw new Error(told.kind)
    expect(told.retryAfterSeconds).toBeLessThanOrEqual(60)
    await letPass(told.retryAfterSeconds)
    await fill('pay:network:%', NETWORK * 2)
    expect(await finishPayment(services, { ...who, paypalOrderId, network: '203.0.113.7' })).toMatchObject({
      kind: 'order_placed',
    })
  })

  test('of others have whoever waited for their turn to begin pay without waiting again', async () => {
    const who = buyer()
    const brimFull = async () => {
      await fill('pay:network:%', NETWORK)
      await fill('pay:email:%', EMAIL)
    }
    await start(buyer())
    await brimFull()
    const told = await start(who)
    if (told.kind !== 'slow_down') throw new Error(told.kind)
    await letPass(told.retryAfterSeconds)
    await brimFull()
    const paypalOrderId = await begin(who)
    await shop.paypal.approve(paypalOrderId)
    const outcome = await finishPayment(services, { ...who, paypalOrderId, network: '203.0.113.7' })
    expect(outcome.kind).toBe('order_placed')
  })

  test('do not keep the worker from finishing what is approved', async () => {
    const who = buyer()
    const paypalOrderId = await begin(who)
    await shop.paypal.approve(paypalOrderId)
    await fill('pay:%', NETWORK * 2)
    expect((await finishPayment(services, { ...who, paypalOrderId })).kind).toBe('slow_down')
    await letTimePass(shop.db, who.cart.cartId)
    await sweepPayments(services)
    expect((await finishPayment(services, { ...who, paypalOrderId })).kind).toBe('order_placed')
  })

  test.each([
    ['declined_card', 'a card'],
    ['declined_capture', 'a capture'],
  ])('that the worker meets (%s) count for the network where the buyer was: %s', async (funding) => {
    const who = buyer()
    const paypalOrderId = await begin(who)
    await shop.paypal.approve(paypalOrderId, funding)
    await letTimePass(shop.db, who.cart.cartId)
    await sweepPayments(services)
    const { rows } = await shop.db.execute<{ level: number }>(sql`select level from rate_limits order by key`)
    expect(rows.map(({ level }) => Math.round(level))).toEqual([4, 4, 4])
  })

  test('an honest buyer may be declined once and choose another card', async () => {
    const who = buyer()
    await decline(who)
    const outcome = await start(who)
    if (outcome.kind !== 'started') throw new Error(outcome.kind)
    await shop.paypal.approve(outcome.paypalOrderId)
    expect((await finishPayment(services, { ...who, paypalOrderId: outcome.paypalOrderId })).kind).toBe('order_placed')
  })

  test('looking at a declined payment again is not another decline', async () => {
    const who = buyer()
    await decline(who)
    const outcome = await start(who)
    if (outcome.kind !== 'started') throw new Error(outcome.kind)
    for (let look = 0; look < 5; look++) {
      await finishPayment(services, { ...who, paypalOrderId: outcome.paypalOrderId, network: '203.0.113.7' })
    }
    const { rows } = await shop.db.execute<{ level: number }>(
      sql`select level from rate_limits where key like 'pay:cart:%'`,
    )
    expect(Math.round(rows[0]?.level ?? 0)).toBe(4)
  })
})

test('what nobody has used for a day is forgotten', async () => {
  await start(buyer())
  await newBuyer(shop.db)
  await letPass(90_000)
  await start(buyer(), { email: 'fresh@example.com', network: '192.0.2.9' })
  await forgetOldTries(shop.db)
  const { rows } = await shop.db.execute(sql`select count(*)::int as n from rate_limits`)
  expect(rows).toEqual([{ n: 3 }])
})
