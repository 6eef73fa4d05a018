import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { believeConnections } from './connection-address'

let address = ''
const server = createServer((request, response) => response.end(request.headers['x-forwarded-for']))

beforeAll(async () => {
  believeConnections()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
})

test.each(['203.0.113.7', '203.0.113.7, 127.0.0.2', ''])(
  'a caller who claims to come from %j comes from where the connection does',
  async (claim) => {
    const response = await fetch(address, { headers: { 'x-forwarded-for': claim } })
    expect(await response.text()).toBe('127.0.0.1')
  },
)

test('a caller who claims nothing as well', async () => {
  expect(await (await fetch(address)).text()).toBe('127.0.0.1')
})
