import { expect, test } from 'vitest'

import { repeat } from './repeat'

const FOR_EVER_MS = 2_000_000_000

test('work that finds something to do is done again without a pause, and the pause ends with the worker', async () => {
  const stopping = new AbortController()
  const left = [3, 2, 1, 0]
  const done: number[] = []
  await repeat(stopping.signal, FOR_EVER_MS, 'test', async () => {
    const found = left.shift() ?? 0
    done.push(found)
    if (found === 0) queueMicrotask(() => stopping.abort())
    return found
  })
  expect(done).toEqual([3, 2, 1, 0])
})

test('work that fails is tried again after the pause', async () => {
  const stopping = new AbortController()
  let tries = 0
  await repeat(stopping.signal, 0, 'test', async () => {
    tries++
    if (tries < 3) throw new Error('the database is away')
    stopping.abort()
    return 0
  })
  expect(tries).toBe(3)
})
