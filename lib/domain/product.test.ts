import { describe, expect, test } from 'vitest'

import {
  parseDetails,
  parsePrice,
  PRICE_MINOR_MAX,
  ProductName,
  Sku,
  Slug,
  toSlug,
  WeightGrams,
  writeDetails,
} from './product'

test('a name becomes an address that is one', () => {
  expect(toSlug('Contour No. 14, Estuary')).toBe('contour-no-14-estuary')
  expect(toSlug('  Große  Übersicht — “B” ')).toBe('gro-e-ubersicht-b')
  expect(toSlug('x'.repeat(500)).length).toBeLessThanOrEqual(120)
  expect(toSlug('青い')).toBe('')
  for (const name of ['Contour No. 14, Estuary', '---a---', 'Ring’s'])
    expect(Slug.safeParse(toSlug(name)).success).toBe(true)
})

describe('a price', () => {
  test('is read exactly, in the places of its currency', () => {
    expect(parsePrice(' 28.50 ', 'USD')).toEqual({ minor: 2_850 })
    expect(parsePrice('28', 'USD')).toEqual({ minor: 2_800 })
    expect(parsePrice('2850', 'JPY')).toEqual({ minor: 2_850 })
  })

  test('that is none, nothing, too exact or absurd is refused with a reason', () => {
    for (const typed of ['', 'a lot', '28,50', '0', '-1', '28.505', '1e3', '99999999.99', 'NaN', '=1+1']) {
      expect(parsePrice(typed, 'USD'), typed).toHaveProperty('problem')
    }
    expect(parsePrice('9999999.99', 'USD')).toEqual({ minor: PRICE_MINOR_MAX })
    expect(parsePrice('28.5', 'JPY')).toHaveProperty('problem')
  })
})

test('details are read from lines and written as they were', () => {
  const typed = 'Paper: 250 g cotton\nRatio: 3:4'
  const parsed = parseDetails(`${typed}\n\n`)
  expect(parsed).toEqual({
    details: [
      { label: 'Paper', value: '250 g cotton' },
      { label: 'Ratio', value: '3:4' },
    ],
  })
  expect('details' in parsed && writeDetails(parsed.details)).toBe(typed)
  expect(parseDetails('Paper: a\nnothing')).toEqual({ problem: 'Line 2 is not like “Paper: 250 g cotton”.' })
  expect(parseDetails(': a')).toHaveProperty('problem')
})

test('what cannot be seen, or is no SKU or weight, is refused', () => {
  expect(ProductName.safeParse('Rings \u202e').success).toBe(false)
  expect(ProductName.safeParse('  ').success).toBe(false)
  for (const sku of ['', '=1', '-A', 'A B', 'x'.repeat(65)]) expect(Sku.safeParse(sku).success, sku).toBe(false)
  for (const grams of ['0', '-1', '1.5', '1000001', '']) expect(WeightGrams.safeParse(grams).success, grams).toBe(false)
  expect(WeightGrams.parse('200')).toBe(200)
})
