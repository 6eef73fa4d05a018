import { expect, test } from 'vitest'

import { parseStart, writeStart } from './price-change'

const now = new Date('2026-11-26T06:00:00Z')

test('a moment is read in UTC, and written so that everybody reads it alike', () => {
  const start = parseStart('2026-12-24T08:00', now)
  expect(start).toEqual({ at: new Date('2026-12-24T08:00:00Z') })
  expect('at' in start && writeStart(start.at)).toBe('2026-12-24 08:00 UTC')
})

test('what is no moment, is over, or is far away is refused', () => {
  for (const typed of [
    '',
    'tomorrow',
    '2026-02-31T08:00',
    '2026-13-01T08:00',
    '2026-12-24',
    '2026-11-26T06:00',
    '2029-01-01T00:00',
  ]) {
    expect(parseStart(typed, now), typed).toHaveProperty('problem')
  }
})
