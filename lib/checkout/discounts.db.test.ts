import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { discountCategories, discountProducts, discounts } from '@/db/schema/discounts'
import { categories, productCategories } from '@/db/schema/catalog'
import { closeCartAttempts } from '@/lib/payments/close-cart-attempts'
import { finishPayment } from '@/lib/payments/finish-payment'
import { startPayment } from '@/lib/payments/start-payment'
import { openPromiseStage, type PromiseStage } from '@/testing/promise-stage'
import type { TestBuyer } from '@/testing/test-buyer'

import { quoteCheckout } from './quote-checkout'

/** The buyer's two prints at 28.00, to California: 56.00, delivery 6.00, tax 7.25 % on the goods. */
const FULL = 6_606
/** The same less a tenth: 50.40, 6.00, 3.65. */
const REDUCED = 6_005

let stage: PromiseStage
beforeAll(async () => {
  stage = await openPromiseStage()
})
afterAll(() => stage.close())

type Rule = typeof discounts.$inferInsert
let codes = 0

/** A tenth off, with a code of its own, unless told otherwise. */
async function give(rule: Partial<Rule> = {}): Promise<{ id: number; code: string }> {
  const [row] = await stage.db
    .insert(discounts)
    .values({ code: `CODE-${++codes}`, label: 'A tenth off', kind: 'percent', value: 1_000, ...rule })
    .returning()
  if (!row) throw new Error('no discount')
  return { id: row.id, code: row.code ?? '' }
}

const start = (who: TestBuyer, code: string, more: { email?: string; shownTotalMinor?: number } = {}) =>
  startPayment(stage.services, {
    ...who,
    draft: { ...stage.draft, discountCode: code, ...(more.email ? { email: more.email } : {}) },
    shownTotalMinor: more.shownTotalMinor ?? null,
  })

async function begin(who: TestBuyer, code: string, email?: string): Promise<string> {
  const outcome = await start(who, code, { shownTotalMinor: REDUCED, ...(email ? { email } : {}) })
  if (outcome.kind !== 'started') throw new Error(JSON.stringify(outcome))
  return outcome.paypalOrderId
}

async function pay(who: TestBuyer, paypalOrderId: string) {
  await stage.paypal.approve(paypalOrderId)
  return finishPayment(stage.services, { ...who, paypalOrderId })
}

const quote = async (who: TestBuyer, code: string, email = stage.draft.email) => {
  const found = await quoteCheckout(stage.db, who.cart, { ...stage.draft, email, discountCode: code })
  return { total: found.breakdown.totalMinor, problem: found.code?.problem?.kind ?? null }
}

const usesOf = async (id: number) => {
  const { rows } = await stage.db.execute<{ state: string; beyond: boolean }>(
    sql`select state, beyond_limit as beyond from discount_uses where discount_id = ${id} order by created_at, state`,
  )
  return rows.map(({ state, beyond }) => (beyond ? `${state} beyond its limit` : state))
}

describe('a code', () => {
  test('takes its part off the goods, PayPal holds the lower total, and the order says why', async () => {
    const { id, code } = await give()
    const who = await stage.shopper()
    expect(await pay(who, await begin(who, code))).toMatchObject({ kind: 'order_placed' })
    await stage.expectPromiseKept(who, 'order')
    const { rows } = await stage.db.execute(
      sql`select total_minor::int, discount_minor::int, discounts from orders where cart_id = ${who.cart.cartId}`,
    )
    const named = { discountId: id, code, label: 'A tenth off', of: 'goods', amountMinor: 560 }
    expect(rows).toEqual([{ total_minor: REDUCED, discount_minor: 560, discounts: [named] }])
    expect(await usesOf(id)).toEqual(['used'])
  })

  test.each([
    ['is switched off', { active: false }, 'unknown'],
    ['has not begun', { startsAt: new Date('2999-01-01') }, 'not_yet'],
    ['is over', { startsAt: new Date('2000-01-01'), endsAt: new Date('2001-01-01') }, 'ended'],
    ['is for a larger order', { minimumMinor: 5_601 }, 'below_minimum'],
    ['is for other goods', { scope: 'chosen' }, 'not_for_these'],
  ] as const)('that %s takes nothing off and says so', async (_what, rule, problem) => {
    const { code } = await give(rule)
    const who = await stage.shopper()
    expect(await quote(who, code)).toEqual({ total: FULL, problem })
    expect(await start(who, code, { shownTotalMinor: REDUCED })).toMatchObject({ kind: 'price_changed' })
  })

  test('for a category counts for what lies below it, and for nothing else', async () => {
    const { id, code } = await give({ scope: 'chosen' })
    const who = await stage.shopper()
    const other = await stage.shopper()
    const [above] = await stage.db
      .insert(categories)
      .values({ slug: `a-${id}`, name: 'Above' })
      .returning()
    const [below] = await stage.db
      .insert(categories)
      .values({ slug: `b-${id}`, name: 'Below', parentId: above?.id })
      .returning()
    const { rows } = await stage.db.execute<{ id: number }>(
      sql`select product_id as id from variants where id = ${who.variantId}`,
    )
    await stage.db.insert(productCategories).values({ productId: rows[0]?.id ?? 0, categoryId: below?.id ?? 0 })
    await stage.db.insert(discountCategories).values({ discountId: id, categoryId: above?.id ?? 0 })
    expect(await quote(who, code)).toEqual({ total: REDUCED, problem: null })
    expect(await quote(other, code)).toEqual({ total: FULL, problem: 'not_for_these' })
    const product = await stage.db.execute<{ id: number }>(
      sql`select product_id as id from variants where id = ${other.variantId}`,
    )
    await stage.db.insert(discountProducts).values({ discountId: id, productId: product.rows[0]?.id ?? 0 })
    expect(await quote(other, code)).toEqual({ total: REDUCED, problem: null })
  })

  test('that is used up between the quote and the payment asks again with the new total', async () => {
    const { id, code } = await give({ usesMax: 1 })
    const shoppers = await Promise.all(Array.from({ length: 8 }, () => stage.shopper()))
    const outcomes = await Promise.all(shoppers.map((who) => start(who, code, { shownTotalMinor: REDUCED })))
    expect(outcomes.filter(({ kind }) => kind === 'started')).toHaveLength(1)
    const asked = outcomes.filter(({ kind }) => kind !== 'started')
    expect(asked).toEqual(asked.map(() => ({ kind: 'price_changed', total: { minor: FULL, currency: 'USD' } })))
    expect(await usesOf(id)).toEqual(['reserved'])
  })

  test('is free again when the payment that had it ends', async () => {
    const { id, code } = await give({ usesMax: 1 })
    const first = await stage.shopper()
    await begin(first, code)
    expect((await quote(await stage.shopper(), code)).problem).toBe('used_up')
    await stage.sweep(first, { holdToo: true })
    const second = await stage.shopper()
    expect(await pay(second, await begin(second, code))).toMatchObject({ kind: 'order_placed' })
    expect(await usesOf(id)).toEqual(['released', 'used'])
  })

  test('does not count against the buyer whose own payment has taken it', async () => {
    const { code } = await give({ usesMax: 1, usesMaxPerBuyer: 1 })
    const who = await stage.shopper()
    const paypalOrderId = await begin(who, code)
    expect(await quote(who, code)).toEqual({ total: REDUCED, problem: null })
    expect(await begin(who, code)).toBe(paypalOrderId)
  })

  test('for each buyer once is refused to the same address, however it is written, and not to another', async () => {
    const { code } = await give({ usesMaxPerBuyer: 1 })
    const who = await stage.shopper()
    await pay(who, await begin(who, code, 'once@example.com'))
    const again = await stage.shopper()
    expect(await quote(again, code, 'ONCE@example.com')).toEqual({ total: FULL, problem: 'used_by_buyer' })
    expect(await start(again, code, { email: 'once@example.com', shownTotalMinor: REDUCED })).toMatchObject({
      kind: 'price_changed',
    })
    expect(await quote(again, code, 'other@example.com')).toEqual({ total: REDUCED, problem: null })
  })

  test('stands for a payment that arrives after its share was given to somebody else', async () => {
    const { id, code } = await give({ usesMax: 1 })
    const late = await stage.shopper()
    const paypalOrderId = await begin(late, code)
    expect(await closeCartAttempts(stage.db, late.cart.cartId)).toBe('free')
    const other = await stage.shopper()
    await pay(other, await begin(other, code))
    await stage.paypal.approve(paypalOrderId)
    await stage.services.gateway.captureOrder(paypalOrderId, `stray-${paypalOrderId}`)
    await stage.sweep(late)
    await stage.expectPromiseKept(late, 'order')
    expect((await usesOf(id)).toSorted()).toEqual(['used', 'used beyond its limit'])
  })
})

describe('the database', () => {
  test('refuses a use beyond the limit, whoever writes it', async () => {
    const { id, code } = await give({ usesMax: 1 })
    const who = await stage.shopper()
    await begin(who, code)
    const other = await stage.shopper()
    await stage.begin(other)
    const insert = stage.db.execute(sql`insert into discount_uses (attempt_id, discount_id, buyer_hash, amount_minor)
      select id, ${id}, 'x', 1 from payment_attempts where cart_id = ${other.cart.cartId}`)
    await expect(insert).rejects.toMatchObject({ cause: { constraint: 'discount_uses_within_limits' } })
  })
})

describe('a discount without a code', () => {
  test('applies by itself, the best one alone, and free delivery beside it pays for the cheapest method', async () => {
    const rules = [
      await give({ code: null, label: 'Little', value: 500 }),
      await give({ code: null, label: 'More', kind: 'amount', value: 400 }),
      await give({ code: null, label: 'On us', kind: 'free_delivery', value: 0 }),
    ]
    const who = await stage.shopper()
    const { breakdown } = await quoteCheckout(stage.db, who.cart, stage.draft)
    await stage.db.execute(sql`update discounts set active = false where id in ${rules.map(({ id }) => id)}`)
    expect(breakdown.discounts.map(({ label, amountMinor }) => [label, amountMinor])).toEqual([
      ['More', 400],
      ['On us', 600],
    ])
    expect(breakdown.deliveryMinor).toBe(0)
    expect(breakdown.discountMinor).toBe(400)
  })
})
