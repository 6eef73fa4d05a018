import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { COUNTRIES } from './country'
import {
  countingRates,
  exchange,
  formatTaxOwed,
  isOldRate,
  parseExchangeForm,
  parseExchangeRate,
  taxCurrencyOf,
  writeExchangeRate,
  type ExchangeRate,
} from './tax-currency'

const euro = (since: string, perUnitMicro = 860_000): ExchangeRate => ({ currency: 'EUR', since, perUnitMicro })

describe('the currency in which tax is owed', () => {
  test('is known of every country that the shop delivers to, save the United States', () => {
    expect(Object.keys(COUNTRIES).filter((country) => taxCurrencyOf(country) === null)).toEqual(['US'])
    expect(['DE', 'BG', 'GB', 'PL'].map(taxCurrencyOf)).toEqual(['EUR', 'EUR', 'GBP', 'PLN'])
  })
})

describe('an amount in another currency', () => {
  test('is rounded half away from zero, in the decimals of both', () => {
    expect(exchange(1_000, 'USD', euro('2026-11-01'))).toBe(860)
    expect(exchange(125, 'USD', euro('2026-11-01', 500_000))).toBe(63)
    expect(exchange(1_000, 'USD', { currency: 'HUF', since: '2026-11-01', perUnitMicro: 330_000_000 })).toBe(3_300)
    expect(exchange(1_000, 'JPY', euro('2026-11-01', 5_750))).toBe(575)
  })

  test('is written with its currency', () => {
    expect(formatTaxOwed({ currency: 'EUR', taxMinor: 860 })).toBe('€8.60')
    expect(formatTaxOwed({ currency: 'HUF', taxMinor: 3_300 })).toContain('3,300')
  })
})

describe('a rate that somebody types', () => {
  test('is read with a point or a comma, and read again as it is written', () => {
    expect([parseExchangeRate('0,86'), parseExchangeRate(' 330 '), parseExchangeRate('4.370001')]).toEqual([
      860_000, 330_000_000, 4_370_001,
    ])
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (micro) => {
        expect(parseExchangeRate(writeExchangeRate(micro))).toBe(micro)
      }),
    )
  })

  test.each(['', '0', '0.000000', '-1', '1e3', '1.2345678', '1,000.5', 'many'])('is refused when it is %j', (rate) => {
    expect(parseExchangeForm({ currency: 'EUR', since: '2026-11-01', rate })).toMatchObject({
      kind: 'invalid',
      errors: { rate: expect.stringContaining('such as 0.8612') },
    })
  })

  test.each([
    ['USD', '2026-11-01', 'currency'],
    ['EUR', '2026-02-30', 'since'],
    ['EUR', '2026-02-31', 'since'],
    ['EUR', '0000-01-01', 'since'],
    ['EUR', '1999-12-31', 'since'],
    ['EUR', 'yesterday', 'since'],
  ])('for %s from %s has something said beside %s', (currency, since, field) => {
    const read = parseExchangeForm({ currency, since, rate: '0.86' })
    expect(read.kind === 'invalid' && Object.keys(read.errors)).toEqual([field])
  })
})

describe('of all rates', () => {
  test('those count that began last, and those to come are shown', () => {
    const rates = [euro('2026-12-01'), euro('2026-11-01'), euro('2026-10-01')]
    expect(countingRates(rates, '2026-11-27')).toEqual([euro('2026-12-01'), euro('2026-11-01')])
    expect(countingRates(rates, '2026-09-01')).toEqual(rates)
  })

  test('one is old when a month and some days have passed since', () => {
    expect(isOldRate(euro('2026-11-01'), '2026-12-11')).toBe(false)
    expect(isOldRate(euro('2026-11-01'), '2026-12-12')).toBe(true)
  })
})
