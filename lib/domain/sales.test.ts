import { describe, expect, test } from 'vitest'

import { barsOf, changeText, fillDays, periodOf, sumOf, type DaySum } from './sales'

const day = (name: string, totalMinor: number, more: Partial<DaySum> = {}): DaySum => ({
  day: name,
  orders: totalMinor > 0 ? 1 : 0,
  totalMinor,
  attempts: 2,
  refundedMinor: 0,
  ...more,
})

describe('a span', () => {
  test('of 7 days ends with today, and the one before it ends where it begins', () => {
    expect(periodOf(7, new Date('2030-03-03T23:59:59Z'))).toEqual({
      from: '2030-02-25',
      until: '2030-03-04',
      formerFrom: '2030-02-18',
    })
  })

  test('without orders and payments has no average and no conversion instead of a wrong one', () => {
    expect(sumOf([day('2030-01-01', 0, { attempts: 0 })])).toEqual({
      orders: 0,
      totalMinor: 0,
      refundedMinor: 0,
      averageMinor: null,
      conversion: null,
    })
  })

  test('adds up its days', () => {
    const days = [day('2030-01-01', 1_000), day('2030-01-02', 501, { refundedMinor: 200 }), day('2030-01-03', 0)]
    expect(sumOf(days)).toEqual({
      orders: 2,
      totalMinor: 1_501,
      refundedMinor: 200,
      averageMinor: 751,
      conversion: 1 / 3,
    })
  })
})

test.each([
  [112, 100, '+12 %'],
  [88, 100, '−12 %'],
  [100, 100, '±0 %'],
  [5, 0, null],
  [null, 100, null],
])('%j after %j is a change of %j', (now, before, text) => {
  expect(changeText(now, before)).toBe(text)
})

test('days on which nothing happened, and those before the shop began, are there all the same', () => {
  const filled = fillDays([day('2030-03-02', 5)], '2030-02-27', '2030-03-04')
  expect(filled.map((each) => [each.day, each.totalMinor])).toEqual([
    ['2030-02-27', 0],
    ['2030-02-28', 0],
    ['2030-03-01', 0],
    ['2030-03-02', 5],
    ['2030-03-03', 0],
  ])
})

describe('bars', () => {
  const span = (length: number, each: number) => Array.from({ length }, (_, index) => day(`d${index}`, each))

  test('of 90 days are days, each beside the day of the span before', () => {
    const bars = barsOf(span(90, 10), span(90, 7))
    expect(bars).toHaveLength(90)
    expect(bars[3]).toEqual({ day: 'd3', orders: 1, totalMinor: 10, formerMinor: 7 })
  })

  test('of a year are weeks, and none of its money is lost between them', () => {
    const bars = barsOf(span(365, 10), span(365, 7))
    expect(bars).toHaveLength(53)
    expect(bars.reduce((sum, { totalMinor }) => sum + totalMinor, 0)).toBe(3_650)
    expect(bars.at(-1)?.totalMinor).toBe(10)
  })
})
