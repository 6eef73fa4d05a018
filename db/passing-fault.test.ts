import { expect, test } from 'vitest'

import { isPassingFault } from './client'

test('a connection that was lost is a fault of the moment, however deep it lies, and a mistake of ours is none', () => {
  const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
  expect(isPassingFault(new Error('Failed query', { cause: reset }))).toBe(true)
  expect(isPassingFault(new Error('Connection terminated unexpectedly'))).toBe(true)
  expect(isPassingFault(new Error('row 7 was readable before'))).toBe(false)
  expect(isPassingFault(Object.assign(new Error('no such file'), { code: 'ENOENT' }))).toBe(false)
  expect(isPassingFault('nothing')).toBe(false)
})
