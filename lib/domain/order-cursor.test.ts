import { expect, test } from 'vitest'

import { readOrderCursor, writeOrderCursor } from './order-cursor'

const ID = '0190a7b2-8b1d-4e4e-9c3a-0d5f6a7b8c9d'

test('a place in the list comes back as it was, by time and by total', () => {
  const byTime = { value: '2026-11-27 07:05:36.123456+00', id: ID }
  expect(readOrderCursor(writeOrderCursor(byTime), 'newest')).toEqual(byTime)
  const byTotal = { value: '1999', id: ID }
  expect(readOrderCursor(writeOrderCursor(byTotal), 'dearest')).toEqual(byTotal)
})

test('what is no place in this list is the first page', () => {
  const odd = [
    undefined,
    '',
    '\0',
    `1999_${ID}`,
    '2026-11-27 07:05:36+00_1',
    `2026-13-01 00:00:00+00_${ID}`,
    `2026-02-31 00:00:00+00_${ID}`,
    `0000-01-01 00:00:00+00_${ID}`,
    `2026-11-27 99:00:00+00_${ID}`,
    `2026-11-27 07:61:00+00_${ID}`,
    `2026-11-27 07:05:36+99_${ID}`,
    `2026-11-27 07:05:36.1234567+00_${ID}`,
  ]
  for (const each of odd) expect(readOrderCursor(each, 'newest'), String(each)).toBeNull()
  for (const each of [`2026-11-27 07:05:36+00_${ID}`, `${'9'.repeat(16)}_${ID}`, '1_1']) {
    expect(readOrderCursor(each, 'cheapest'), each).toBeNull()
  }
})
