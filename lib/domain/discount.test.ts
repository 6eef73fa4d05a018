import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { fullDeliveryMinor, planDiscounts, type DiscountRule } from './discount'
import { codeText, normaliseCode } from './discount-code'
import { priceCart } from './price-cart'

const rule = fc.record({
  id: fc.integer({ min: 1, max: 1_000 }),
  code: fc.constantFrom(null, 'CODE'),
  label: fc.constant('Offer'),
  kind: fc.constantFrom('percent' as const, 'amount' as const, 'free_delivery' as const),
  value: fc.integer({ min: 1, max: 9_000 }),
  minimumMinor: fc.integer({ min: 0, max: 100_000 }),
  productIds: fc.option(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 })),
}) satisfies fc.Arbitrary<DiscountRule>
const rules = fc.uniqueArray(rule, { selector: ({ id }) => id, maxLength: 6 })
const lines = fc.array(
  fc.record({
    variantId: fc.integer({ min: 1, max: 99 }),
    productId: fc.integer({ min: 1, max: 5 }),
    unitPriceMinor: fc.integer({ min: 1, max: 20_000 }),
    quantity: fc.integer({ min: 1, max: 99 }),
  }),
  { minLength: 1, maxLength: 10 },
)
const choice = fc.record({
  methodId: fc.integer({ min: 1, max: 9 }),
  name: fc.constant('Post'),
  estimate: fc.constant('3 days'),
  priceMinor: fc.integer({ min: 0, max: 5_000 }),
})

describe('what is taken off', () => {
  test('is what the total is lower by, and leaves something to pay', () => {
    fc.assert(
      fc.property(rules, lines, fc.array(choice, { minLength: 1, maxLength: 3 }), (given, goods, choices) => {
        const delivery = choices[0] ?? null
        const applied = planDiscounts(given, { lines: goods, delivery, choices })
        const price = (discounts: typeof applied) =>
          priceCart({ currency: 'USD', lines: goods, discounts, delivery, tax: null })
        const reduced = price(applied)
        const off = applied.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
        expect(reduced.totalMinor).toBe(price([]).totalMinor - off)
        expect(reduced.totalMinor).toBeGreaterThan(0)
        expect(fullDeliveryMinor(reduced)).toBe(delivery?.priceMinor ?? 0)
      }),
    )
  })

  test('does not depend on the order in which the discounts are read', () => {
    fc.assert(
      fc.property(rules, lines, choice, (given, goods, delivery) => {
        const cart = { lines: goods, delivery, choices: [delivery] }
        const codes = given.filter(({ code }) => code !== null).slice(0, 1)
        const all = [...given.filter(({ code }) => code === null), ...codes]
        expect(planDiscounts(all.toReversed(), cart)).toEqual(planDiscounts(all, cart))
      }),
    )
  })

  test('never comes from a discount whose goods or minimum are not there', () => {
    fc.assert(
      fc.property(rules, lines, choice, (given, goods, delivery) => {
        for (const { discountId } of planDiscounts(given, { lines: goods, delivery, choices: [delivery] })) {
          const { productIds, minimumMinor } = given.find(({ id }) => id === discountId)!
          const chosen = goods.filter(({ productId }) => productIds?.includes(productId) ?? true)
          const sum = chosen.reduce((total, { unitPriceMinor, quantity }) => total + unitPriceMinor * quantity, 0)
          expect(sum).toBeGreaterThanOrEqual(Math.max(minimumMinor, 1))
        }
      }),
    )
  })

  test('of delivery is no more than the cheapest method costs', () => {
    const free: DiscountRule = {
      id: 1,
      code: null,
      label: 'On us',
      kind: 'free_delivery',
      value: 0,
      minimumMinor: 0,
      productIds: null,
    }
    const methods = [600, 1_800].map((priceMinor, index) => ({
      methodId: index,
      name: 'Post',
      estimate: '3 days',
      priceMinor,
    }))
    const goods = [{ productId: 1, unitPriceMinor: 1_000, quantity: 1 }]
    const [applied] = planDiscounts([free], { lines: goods, delivery: methods[1] ?? null, choices: methods })
    expect(applied?.amountMinor).toBe(600)
  })
})

describe('a code', () => {
  test.each([
    ['welcome10', 'WELCOME10'],
    ['  Spring-25 ', 'SPRING-25'],
    ['ab', null],
    ['-abc', null],
    ['drop table', null],
    ['x'.repeat(31), null],
    ['ÄÖÜ', null],
  ])('typed as %j is kept as %j', (typed, kept) => {
    expect(normaliseCode(typed)).toBe(kept)
  })

  test('for a larger order says how much is missing', () => {
    expect(codeText({ kind: 'below_minimum', missingMinor: 1_250 }, 'USD')).toContain('$12.50')
  })
})
