import { expect, test } from 'vitest'
import type { Message } from './on-message'
import { startDriver } from './test-driver'

test('a harness in the same process is asked at each phase of each call, and can cut the connection there', async () => {
  const seen: Message[] = []
  let dropAt: Message['phase'] | null = null
  const onMessage = (message: Message) => {
    seen.push(message)
    return message.operation === 'create_order' && message.phase === dropAt ? 'drop' : undefined
  }
  const paypal = await startDriver(null, { onMessage })
  await paypal.create()
  expect(seen.filter(({ operation }) => operation === 'create_order').map(({ phase }) => phase)).toEqual([
    'received',
    'worked',
    'answered',
  ])
  for (const phase of ['received', 'worked'] as const) {
    dropAt = phase
    await expect(paypal.create()).rejects.toThrow('fetch failed')
  }
  expect((await paypal.control('GET', '/orders')).body.orders).toHaveLength(2)
  await paypal.close()
})

test('a clock given from outside is the time of the simulation', async () => {
  let now = Date.parse('2031-05-06T07:08:09Z')
  const paypal = await startDriver(null, { clock: () => now })
  const { id } = (await paypal.create()).body
  now += 1000
  await paypal.approve(id)
  const order = (await paypal.call('GET', `/v2/checkout/orders/${id}`)).body
  expect([order.create_time, order.update_time]).toEqual(['2031-05-06T07:08:09Z', '2031-05-06T07:08:10Z'])
  now += 3 * 3_600_000 + 1
  expect((await paypal.call('GET', `/v2/checkout/orders/${id}`)).status).toBe(404)
  await paypal.close()
})
