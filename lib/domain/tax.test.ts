import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { findTaxRule, TAX_RATE_SCALE, taxOn, type TaxRate, type TaxRule } from './tax'

const rule = (change: Partial<TaxRule>): TaxRule => ({
  label: 'Tax',
  ratePpm: 190_000,
  pricesInclude: false,
  appliesToDelivery: true,
  ...change,
})
const base = fc.integer({ min: 0, max: 100_000_000 })
const ratePpm = fc.integer({ min: 0, max: TAX_RATE_SCALE })

describe('tax on an amount', () => {
  test('added tax is the rate of the amount, within half a minor unit', () => {
    fc.assert(
      fc.property(base, ratePpm, (amount, ppm) => {
        const off =
          BigInt(taxOn(amount, rule({ ratePpm: ppm }))) * BigInt(TAX_RATE_SCALE) - BigInt(amount) * BigInt(ppm)
        expect((off < 0n ? -off : off) * 2n <= BigInt(TAX_RATE_SCALE)).toBe(true)
      }),
    )
  })

  test('contained tax and the net amount make up the price again, within half a minor unit', () => {
    fc.assert(
      fc.property(base, ratePpm, (amount, ppm) => {
        const contained = taxOn(amount, rule({ ratePpm: ppm, pricesInclude: true }))
        const onNet = taxOn(amount - contained, rule({ ratePpm: ppm }))
        expect(contained).toBeLessThanOrEqual(amount)
        expect(Math.abs(onNet - contained)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('a dearer amount never bears less tax', () => {
    fc.assert(
      fc.property(base, base, ratePpm, fc.boolean(), (one, other, ppm, pricesInclude) => {
        const own = rule({ ratePpm: ppm, pricesInclude })
        expect(taxOn(Math.max(one, other), own)).toBeGreaterThanOrEqual(taxOn(Math.min(one, other), own))
      }),
    )
  })

  test.each([
    ['8.875 % on top of 100.00', 10_000, { ratePpm: 88_750 }, 888],
    ['19 % contained in 119.00', 11_900, { ratePpm: 190_000, pricesInclude: true }, 1_900],
    ['20 % contained in 0.05', 5, { ratePpm: 200_000, pricesInclude: true }, 1],
    ['nothing on nothing', 0, {}, 0],
  ])('%s', (_what, amount, change, expected) => {
    expect(taxOn(amount, rule(change))).toBe(expected)
  })
})

describe('the rule of a destination', () => {
  const rate = (country: string, region: string | null): TaxRate => ({
    ...rule({}),
    label: `${country} ${region}`,
    country,
    region,
  })
  const rates = [rate('US', 'CA'), rate('US', 'NY'), rate('DE', null), rate('ES', null), rate('ES', 'CN')]

  test("the region's rule goes before the country's", () => {
    expect(findTaxRule(rates, { country: 'ES', region: 'CN' })?.label).toBe('ES CN')
    expect(findTaxRule(rates, { country: 'ES', region: 'MD' })?.label).toBe('ES null')
  })

  test('a country without a rule for the whole of it taxes only the regions listed', () => {
    expect(findTaxRule(rates, { country: 'US', region: 'NY' })?.label).toBe('US NY')
    expect(findTaxRule(rates, { country: 'US', region: 'OR' })).toBeNull()
    expect(findTaxRule(rates, { country: 'US', region: null })).toBeNull()
  })

  test("another country's region of the same name does not count", () => {
    expect(findTaxRule(rates, { country: 'DE', region: 'CA' })?.label).toBe('DE null')
    expect(findTaxRule(rates, { country: 'FR', region: 'CA' })).toBeNull()
  })
})
