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
