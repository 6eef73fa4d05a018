import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { CURRENCIES, parseDecimalString, toDecimalString, type Currency } from './money'
import { priceCart, type PricingInput } from './price-cart'
import type { TaxRule } from './tax'

const line = fc.record({
  variantId: fc.integer({ min: 1, max: 10_000 }),
  unitPriceMinor: fc.integer({ min: 0, max: 10_000_000 }),
  quantity: fc.integer({ min: 1, max: 99 }),
})
const tax: fc.Arbitrary<TaxRule> = fc.record({
  label: fc.constant('VAT'),
  ratePpm: fc.integer({ min: 0, max: 500_000 }),
  pricesInclude: fc.boolean(),
  appliesToDelivery: fc.boolean(),
})
const input: fc.Arbitrary<PricingInput> = fc.record({
  currency: fc.constantFrom(...CURRENCIES),
  lines: fc.array(line, { maxLength: 50 }),
  discounts: fc.array(
    fc.record({
      label: fc.constant('Offer'),
      of: fc.constantFrom('goods' as const, 'delivery' as const),
      amountMinor: fc.integer({ min: 0, max: 5_000_000 }),
    }),
    { maxLength: 3 },
  ),
  delivery: fc.option(
    fc.record({
      methodId: fc.integer({ min: 1, max: 50 }),
      name: fc.constant('Standard'),
      estimate: fc.constant('3 to 5 working days'),
      priceMinor: fc.integer({ min: 0, max: 100_000 }),
    }),
  ),
  tax: fc.option(tax),
})

describe('the breakdown', () => {
  test('its parts always add up to the total', () => {
    fc.assert(
      fc.property(input, (given) => {
        const priced = priceCart(given)
        const added = priced.taxIncluded ? 0 : priced.taxMinor
        expect(priced.totalMinor).toBe(priced.itemsMinor - priced.discountMinor + priced.deliveryMinor + added)
      }),
    )
  })

  test('its lines always add up to the items', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { lines, itemsMinor } = priceCart(given)
        expect(lines.reduce((sum, { lineTotalMinor }) => sum + lineTotalMinor, 0)).toBe(itemsMinor)
        for (const { unitPriceMinor, quantity, lineTotalMinor } of lines) {
          expect(lineTotalMinor).toBe(unitPriceMinor * quantity)
        }
      }),
    )
  })

  test('no part is ever negative or a fraction', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { itemsMinor, discountMinor, deliveryMinor, taxMinor, totalMinor } = priceCart(given)
        for (const part of [itemsMinor, discountMinor, deliveryMinor, taxMinor, totalMinor]) {
          expect(Number.isSafeInteger(part) && part >= 0).toBe(true)
        }
      }),
    )
  })

  test('a discount never exceeds the goods, so delivery is always paid', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { discountMinor, itemsMinor, deliveryMinor, totalMinor } = priceCart(given)
        expect(discountMinor).toBeLessThanOrEqual(itemsMinor)
        expect(totalMinor).toBeGreaterThanOrEqual(deliveryMinor)
      }),
    )
  })

  test('tax that prices contain never changes the total', () => {
    fc.assert(
      fc.property(input, tax, (given, rule) => {
        const including = { ...given, tax: { ...rule, pricesInclude: true } }
        expect(priceCart(including).totalMinor).toBe(priceCart({ ...given, tax: null }).totalMinor)
      }),
    )
  })

  test('the order of the lines changes no part', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { lines: _one, ...forth } = priceCart(given)
        const { lines: _other, ...back } = priceCart({ ...given, lines: given.lines.toReversed() })
        expect(back).toEqual(forth)
      }),
    )
  })

  test.each([
    ['a quantity of 0', { variantId: 1, unitPriceMinor: 100, quantity: 0 }],
    ['a negative price', { variantId: 1, unitPriceMinor: -1, quantity: 1 }],
    ['a fraction', { variantId: 1, unitPriceMinor: 10.5, quantity: 1 }],
    ['a sum that cannot be counted exactly', { variantId: 1, unitPriceMinor: Number.MAX_SAFE_INTEGER, quantity: 2 }],
  ])('%s is a bug and throws', (_what, wrong) => {
    expect(() => priceCart({ currency: 'USD', lines: [wrong], discounts: [], delivery: null, tax: null })).toThrow(
      RangeError,
    )
  })
})

/** What an exact reader of decimals makes of an amount that was sent. */
function asSent(minor: number, currency: Currency): bigint {
  const text = toDecimalString({ minor, currency })
  expect(parseDecimalString(text, currency)?.minor).toBe(minor)
  return BigInt(text.replace('.', ''))
}

/**
 * ITEM_TOTAL_MISMATCH and AMOUNT_MISMATCH of developer.paypal.com/docs/api/orders/v2, checked on the decimals that are
 * sent rather than on our integers.
 */
describe("PayPal's rules for what is sent", () => {
  test('the items sum up to item_total and the breakdown to the amount, in every currency', () => {
    fc.assert(
      fc.property(input, (given) => {
        const priced = priceCart(given)
        const sent = (minor: number) => asSent(minor, priced.currency)
        const items = priced.lines.reduce(
          (sum, { unitPriceMinor, quantity }) => sum + sent(unitPriceMinor) * BigInt(quantity),
          0n,
        )
        expect(items).toBe(sent(priced.itemsMinor))
        const added = priced.taxIncluded ? 0n : sent(priced.taxMinor)
        const parts = sent(priced.itemsMinor) - sent(priced.discountMinor) + sent(priced.deliveryMinor) + added
        expect(parts).toBe(sent(priced.totalMinor))
      }),
    )
  })

  test('a yen amount is sent without decimals', () => {
    const { totalMinor, currency } = priceCart({
      currency: 'JPY',
      lines: [{ variantId: 1, unitPriceMinor: 1480, quantity: 3 }],
      discounts: [],
      delivery: { methodId: 1, name: 'Standard', estimate: 'soon', priceMinor: 500 },
      tax: { label: 'Tax', ratePpm: 100_000, pricesInclude: false, appliesToDelivery: true },
    })
    expect(toDecimalString({ minor: totalMinor, currency })).toBe('5434')
  })
})
