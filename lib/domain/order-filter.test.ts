import { expect, test } from 'vitest'

import { orderQuery, parseOrderFilter } from './order-filter'

test('a filter survives its own address', () => {
  const filter = parseOrderFilter({
    q: ' ada@example.com ',
    state: 'created,processing',
    payment: 'refunded',
    country: 'DE',
    from: '2026-01-31',
    until: '2026-02-28',
    held: '1',
    sort: 'dearest',
  })
  expect(filter.until).toEqual(new Date('2026-03-01T00:00:00Z'))
  expect(parseOrderFilter(Object.fromEntries(new URLSearchParams(orderQuery(filter))))).toEqual(filter)
})

test('what cannot be understood is left out', () => {
  const nothing = parseOrderFilter({})
  expect(
    parseOrderFilter({ state: 'lost,', country: 'Germany', from: '31.1.2026', sort: 'x', payment: '?', held: 'yes' }),
  ).toEqual(nothing)
  expect(orderQuery(nothing)).toBe('')
})

test('a day that no order can be of, or that is none, is left out', () => {
  for (const day of ['0000-01-01', '1999-12-31', '2026-02-31', '3000-01-01', '9999-12-31', '-1', '\0']) {
    expect(parseOrderFilter({ from: day, until: day }), day).toEqual(parseOrderFilter({}))
  }
  expect(parseOrderFilter({ until: '2999-12-31' }).until).toEqual(new Date('3000-01-01T00:00:00Z'))
})

test('a search for what nobody can write is none', () => {
  expect(parseOrderFilter({ q: '\0' }).search).toBeNull()
  expect(parseOrderFilter({ q: 'ada\0' }).search?.text).toBe('ada')
})
