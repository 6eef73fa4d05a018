import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { LOW_STOCK_MAX, sameAvailability, toAvailability } from './catalog'

const available = fc.integer({ min: -20, max: 20 })

describe('what a shopper is told about stock', () => {
  test.each([
    [-1, { kind: 'sold_out' }],
    [0, { kind: 'sold_out' }],
    [1, { kind: 'low', left: 1 }],
    [LOW_STOCK_MAX, { kind: 'low', left: LOW_STOCK_MAX }],
    [LOW_STOCK_MAX + 1, { kind: 'in_stock' }],
    [100_000, { kind: 'in_stock' }],
  ])('%d available', (count, told) => {
    expect(toAvailability(count)).toEqual(told)
  })

  test('more pieces are held than are on hand: sold out, never a negative number left', () => {
    fc.assert(
      fc.property(fc.integer({ max: 0 }), (count) => {
        expect(toAvailability(count)).toEqual({ kind: 'sold_out' })
      }),
    )
  })
})

describe('whether a page must be shown anew', () => {
  test('exactly when the shopper would be told something else', () => {
    fc.assert(
      fc.property(available, available, (before, after) => {
        const sameWords = JSON.stringify(toAvailability(before)) === JSON.stringify(toAvailability(after))
        expect(sameAvailability(before, after)).toBe(sameWords)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['plenty becomes less than plenty', 40, 39, true],
    ['the last piece goes', 1, 0, false],
    ['a piece comes back', 0, 1, false],
    ['few become fewer', 4, 3, false],
    ['plenty becomes few', LOW_STOCK_MAX + 1, LOW_STOCK_MAX, false],
    ['sold out stays sold out', 0, -3, true],
  ])('%s', (_what, before, after, same) => {
    expect(sameAvailability(before, after)).toBe(same)
  })
})
