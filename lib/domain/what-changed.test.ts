import { expect, test } from 'vitest'

import { tellChange, whatChanged } from './what-changed'

test('only what differs is told, as it was and as it is', () => {
  const change = whatChanged(
    { name: 'A', state: 'draft', weight: 200 },
    { name: 'B', state: 'draft', weight: 200, sku: 'X' },
  )
  expect(change).toEqual({ before: { name: 'A', sku: null }, after: { name: 'B', sku: 'X' } })
  expect(whatChanged({ name: 'A' }, { name: 'A' })).toBeNull()
})

test('a change is told in a sentence that stays short', () => {
  expect(tellChange({ name: 'A', version: 1 }, { name: 'B', version: 2 })).toBe('name from “A” to “B”')
  expect(tellChange(null, { name: 'B' })).toBe('name to “B”')
  expect(tellChange({ text: '' }, { text: 'x'.repeat(500) }).length).toBeLessThan(120)
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`f${index}`, index]))
  expect(tellChange(null, many)).toMatch(/, 5 more$/)
})
