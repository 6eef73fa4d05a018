import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  CURRENCIES,
  currencyExponent,
  formatMoney,
  isCurrency,
  parseDecimalString,
  scaleMinor,
  toDecimalString,
  type Money,
} from './money'

const currency = fc.constantFrom(...CURRENCIES)
const money: fc.Arbitrary<Money> = fc.record({
  minor: fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }),
  currency,
})

describe('amounts as PayPal writes them', () => {
  test('every amount in every currency survives being written and read', () => {
    fc.assert(
      fc.property(money, (amount) => {
        expect(parseDecimalString(toDecimalString(amount), amount.currency)).toEqual({
          ...amount,
          minor: amount.minor === 0 ? 0 : amount.minor,
        })
      }),
    )
  })

  test('a written amount has exactly the decimals of its currency', () => {
    fc.assert(
      fc.property(money, (amount) => {
        const decimals = toDecimalString(amount).split('.')[1]?.length ?? 0
        expect(decimals).toBe(currencyExponent(amount.currency))
      }),
    )
  })

  test('exactly the forint, the yen and the Taiwan dollar have no decimals', () => {
    expect(CURRENCIES.filter((code) => currencyExponent(code) === 0)).toEqual(['HUF', 'JPY', 'TWD'])
  })

  test.each([
    [5, 'USD', '0.05'],
    [1234, 'USD', '12.34'],
    [1234, 'JPY', '1234'],
    [-1, 'EUR', '-0.01'],
    [0, 'GBP', '0.00'],
  ] as const)('%d minor units of %s are %s', (minor, code, text) => {
    expect(toDecimalString({ minor, currency: code })).toBe(text)
  })

  test.each([
    ['more decimals than the currency has', '12.345', 'USD'],
    ['a fraction of a yen', '12.5', 'JPY'],
    ['no number', 'twelve', 'USD'],
    ['an exponent', '1e3', 'USD'],
    ['nothing', '', 'USD'],
    ['a comma', '12,34', 'USD'],
    ['more digits than can be counted exactly', '999999999999999.99', 'USD'],
  ] as const)('an amount with %s is not read', (_what, text, code) => {
    expect(parseDecimalString(text, code)).toBeNull()
  })

  test('trailing zeros change nothing', () => {
    expect(parseDecimalString('12.3', 'USD')).toEqual({ minor: 1230, currency: 'USD' })
    expect(parseDecimalString('1234.00', 'JPY')).toEqual({ minor: 1234, currency: 'JPY' })
  })

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1])(
    '%d is a bug, not an amount',
    (minor) => {
      expect(() => toDecimalString({ minor, currency: 'USD' })).toThrow(RangeError)
    },
  )
})

test('people see the decimals of the currency and no others', () => {
  expect(formatMoney({ minor: 123_450, currency: 'USD' })).toBe('$1,234.50')
  expect(formatMoney({ minor: 1234, currency: 'JPY' })).toBe('¥1,234')
  expect(formatMoney({ minor: 1234, currency: 'HUF' })).toMatch(/^HUF\s1,234$/)
})

test('only currencies that PayPal settles in are currencies', () => {
  for (const code of CURRENCIES) expect(isCurrency(code)).toBe(true)
  for (const other of ['usd', 'XXX', '', 'toString', 'KWD']) expect(isCurrency(other)).toBe(false)
})

describe('scaling', () => {
  const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
  const part = fc.integer({ min: 0, max: 2_000_000 })
  const whole = fc.integer({ min: 1, max: 2_000_000 })

  test('the result is within half a unit of the exact quotient', () => {
    fc.assert(
      fc.property(amount, part, whole, (base, numerator, denominator) => {
        const off =
          BigInt(scaleMinor(base, numerator, denominator)) * BigInt(denominator) - BigInt(base) * BigInt(numerator)
        expect((off < 0n ? -off : off) * 2n <= BigInt(denominator)).toBe(true)
      }),
    )
  })

  test('a refund scales to the same amount as the payment', () => {
    fc.assert(
      fc.property(amount, part, whole, (base, numerator, denominator) => {
        expect(scaleMinor(-base, numerator, denominator) + scaleMinor(base, numerator, denominator)).toBe(0)
      }),
    )
  })

  test('a half is rounded away from zero', () => {
    expect(scaleMinor(1, 1, 2)).toBe(1)
    expect(scaleMinor(-1, 1, 2)).toBe(-1)
    expect(scaleMinor(5, 1, 10)).toBe(1)
    expect(scaleMinor(4, 1, 10)).toBe(0)
  })
})
