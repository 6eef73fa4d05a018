import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { takePort } from './ports'

const VARIABLE = 'PORT_OF_THIS_TEST'
let other: Server
let taken: number

beforeEach(async () => {
  other = createServer().listen(0)
  await once(other, 'listening')
  taken = (other.address() as AddressInfo).port
})
afterEach(async () => {
  vi.unstubAllEnvs()
  other.close()
  await once(other, 'close')
})

test('a usual port that is taken gives way to a free one, so that a second shop can run beside the first', async () => {
  const port = await takePort(VARIABLE, taken, 'the mailbox')
  expect(port).not.toBe(taken)
  expect(port).toBeGreaterThan(0)
})

test('a port that was asked for and is taken is named with its variable', async () => {
  vi.stubEnv(VARIABLE, String(taken))
  await expect(takePort(VARIABLE, 4025, 'the mailbox')).rejects.toThrow(
    `Port ${taken} for the mailbox is taken. Stop what uses it, or choose another: ${VARIABLE}=${taken + 1}`,
  )
})

test('a port that was asked for and is free is the one', async () => {
  const free = await takePort(VARIABLE, taken, 'the mailbox')
  vi.stubEnv(VARIABLE, String(free))
  expect(await takePort(VARIABLE, 4025, 'the mailbox')).toBe(free)
})
