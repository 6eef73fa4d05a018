import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { orderBody, startDriver } from './test-driver'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paypal-simulator-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('orders, captures, refunds, request ids, the clock and the ledger survive a restart', async () => {
  const before = await startDriver(folder)
  await before.control('POST', '/clock', { advanceSeconds: 60 })
  await before.create(orderBody(), 'create-1')
  const { orderId, captureId } = await before.pay(orderBody({ invoice_id: 'INV-1' }))
  const refund = (await before.refund(captureId, { amount: { currency_code: 'USD', value: '2.00' } }, 'refund-1')).body
  const order = (await before.call('GET', `/v2/checkout/orders/${orderId}`)).body
  const ledger = (await before.control('GET', '/ledger')).body
  await before.close()

  const after = await startDriver(folder)
  const reread = (await after.call('GET', `/v2/checkout/orders/${orderId}`)).body
  expect(withoutPort(reread, after.url)).toEqual(withoutPort(order, before.url))
  expect((await after.control('GET', '/ledger')).body).toEqual(ledger)
  expect((await after.control('GET', '/clock')).body.offsetSeconds).toBe(60)
  expect((await after.create(orderBody(), 'create-1')).status).toBe(200)
  const again = await after.refund(captureId, { amount: { currency_code: 'USD', value: '2.00' } }, 'refund-1')
  expect([again.status, again.body.id]).toEqual([200, refund.id])
  await after.close()
})

test('a line that a kill cut short never happened, and an entry that it kept out of the ledger is booked', async () => {
  const before = await startDriver(folder)
  await before.pay()
  const ledger = (await before.control('GET', '/ledger')).body
  await before.close()
  appendFileSync(join(folder, 'simulator', 'state.jsonl'), '{"orders":[{"id":"TORN')
  writeFileSync(join(folder, 'simulator', 'ledger.jsonl'), '')

  const after = await startDriver(folder)
  expect((await after.control('GET', '/ledger')).body).toEqual(ledger)
  expect(readFileSync(join(folder, 'simulator', 'ledger.jsonl'), 'utf8').trim()).toBe(JSON.stringify(ledger.entries[0]))
  await after.close()
})

test('disputes, parcels, webhooks, events and foreign money survive a restart', async () => {
  const before = await startDriver(folder)
  await before.control('POST', '/webhooks/register', { id: 'HOOK1', url: 'http://localhost:9/none' })
  // Lost deliveries are not tried again, which would write them anew.
  await before.control('POST', '/webhooks/spoils', { kind: 'drop', times: 3 })
  const { orderId, captureId } = await before.pay()
  await before.control('POST', `/captures/${captureId}/dispute`)
  await before.control('POST', '/transactions', { amountValue: '1.00' })
  const parcel = { capture_id: captureId, tracking_number: '1', carrier: 'UPS' }
  await before.call('POST', `/v2/checkout/orders/${orderId}/track`, { body: parcel })
  const paths = [
    '/disputes',
    '/transactions',
    '/webhooks/events',
    '/webhooks/deliveries',
    '/ledger',
    `/orders/${orderId}`,
  ]
  const read = async (driver: typeof before) =>
    Promise.all(paths.map(async (path) => (await driver.control('GET', path)).body))
  const kept = await read(before)
  await before.close()

  // The second restart reads what the first one summed up.
  await (await startDriver(folder)).close()
  const after = await startDriver(folder)
  expect(await read(after)).toEqual(kept)
  const { webhooks } = (await after.control('GET', '/webhooks')).body
  expect(webhooks.map(({ id }: { id: string }) => id)).toEqual(['HOOK1'])
  await after.close()
})

function withoutPort(value: unknown, url: string): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(url, ''))
}
