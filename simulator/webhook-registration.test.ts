import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { assertPayPalRequest, assertPayPalResponse, type DescribedOperation } from './openapi-contract'
import { startDriver, type Driver, type Json, type Reply } from './test-driver'
import { startReceiver, type Receiver } from './test-receiver'

let paypal: Driver
let shop: Receiver
beforeAll(async () => {
  ;[paypal, shop] = await Promise.all([startDriver(), startReceiver()])
})
beforeEach(async () => {
  shop.received.length = 0
  await paypal.control('POST', '/reset')
})
afterAll(() => Promise.all([paypal.close(), shop.close()]))

const base = '/v1/notifications'
const check = (operation: DescribedOperation, reply: Reply, status: number): Json => {
  expect([operation, reply.status]).toEqual([operation, status])
  assertPayPalResponse(operation, reply.status, reply.body)
  return reply.body
}
const register = (url: string, names = ['PAYMENT.CAPTURE.COMPLETED']) => {
  const body = { url, event_types: names.map((name) => ({ name })) }
  assertPayPalRequest('create_webhook', body)
  return paypal.call('POST', `${base}/webhooks`, { body })
}

test('a webhook is registered, listed, shown, changed and deleted', async () => {
  const made = check('create_webhook', await register('https://shop.example/hook'), 201)
  expect(made).toMatchObject({ url: 'https://shop.example/hook', event_types: [{ name: 'PAYMENT.CAPTURE.COMPLETED' }] })
  expect(check('list_webhooks', await paypal.call('GET', `${base}/webhooks`), 200).webhooks).toEqual([made])
  const one = `${base}/webhooks/${made.id}`
  expect(check('get_webhook', await paypal.call('GET', one), 200)).toEqual(made)
  const patch = [
    { op: 'replace', path: '/url', value: 'https://shop.example/other' },
    { op: 'replace', path: '/event_types', value: [{ name: '*' }] },
  ]
  assertPayPalRequest('update_webhook', patch)
  const changed = check('update_webhook', await paypal.call('PATCH', one, { body: patch }), 200)
  expect(changed).toMatchObject({ url: 'https://shop.example/other', event_types: [{ name: '*' }] })
  check('delete_webhook', await paypal.call('DELETE', one), 204)
  for (const method of ['GET', 'DELETE']) expect((await paypal.call(method, one)).status).toBe(404)
  check('get_webhook', await paypal.call('GET', one), 404)
})

test('a second webhook with the same address, an eleventh, and addresses that PayPal does not take are refused', async () => {
  await register('https://shop.example/0')
  const issueOf = (reply: Reply) => check('create_webhook', reply, 400).details[0].issue
  expect(issueOf(await register('https://shop.example/0'))).toBe('WEBHOOK_URL_ALREADY_EXISTS')
  expect(issueOf(await register('http://shop.example/hook'))).toBe('INVALID_PARAMETER_SYNTAX')
  expect(issueOf(await register('https://shop.example/x', []))).toBe('INVALID_ARRAY_MIN_ITEMS')
  for (let number = 1; number < 10; number += 1) await register(`https://shop.example/${number}`)
  expect(issueOf(await register('https://shop.example/10'))).toBe('WEBHOOK_NUMBER_LIMIT_EXCEEDED')
  const wrongPatch = [{ op: 'remove', path: '/url' }]
  const { webhooks } = (await paypal.call('GET', `${base}/webhooks`)).body
  check('update_webhook', await paypal.call('PATCH', `${base}/webhooks/${webhooks[0].id}`, { body: wrongPatch }), 400)
})

test('only what was subscribed to is delivered, and nothing after the webhook is deleted', async () => {
  const { id } = (await register(shop.url)).body
  await paypal.pay()
  await paypal.control('POST', '/webhooks/drain')
  expect(shop.types()).toEqual(['PAYMENT.CAPTURE.COMPLETED'])
  await paypal.control('POST', '/webhooks/hold')
  await paypal.pay()
  await paypal.call('DELETE', `${base}/webhooks/${id}`)
  expect((await paypal.control('POST', '/webhooks/release')).body.deliveries).toEqual([])
})

test('events are listed newest first, by type, payment and time, shown and sent again', async () => {
  const { captureId } = await paypal.pay()
  await paypal.pay()
  const list = async (query: string) => {
    const body = check('list_events', await paypal.call('GET', `${base}/webhooks-events${query}`), 200)
    expect(body.count).toBe(body.events.length)
    return body.events
  }
  expect(await list('')).toHaveLength(4)
  expect(await list('?page_size=3')).toHaveLength(3)
  expect(await list('?event_type=CHECKOUT.ORDER.APPROVED')).toHaveLength(2)
  const future = new Date(Date.now() + 60_000).toISOString()
  expect(await list(`?start_time=${future}`)).toEqual([])
  expect(await list(`?end_time=${future}`)).toHaveLength(4)
  const [event] = await list(`?transaction_id=${captureId}`)
  expect(event.resource.id).toBe(captureId)
  check('list_events', await paypal.call('GET', `${base}/webhooks-events?page_size=0`), 400)
  check('list_events', await paypal.call('GET', `${base}/webhooks-events?start_time=soon`), 400)

  const one = `${base}/webhooks-events/${event.id}`
  expect(check('get_event', await paypal.call('GET', one), 200)).toEqual(event)
  check('get_event', await paypal.call('GET', `${base}/webhooks-events/WH-NONE`), 404)
  await register(shop.url, ['*'])
  check('resend_event', await paypal.call('POST', `${one}/resend`, { body: {} }), 202)
  check('resend_event', await paypal.call('POST', `${one}/resend`, { body: { webhook_ids: ['NOPE'] } }), 404)
  await paypal.control('POST', '/webhooks/drain')
  expect(shop.received.map(({ event: sent }) => sent.id)).toEqual([event.id])
  check('list_event_types', await paypal.call('GET', `${base}/webhooks-event-types`), 200)
})

test('a simulated event goes to any address, signed for WEBHOOK_ID', async () => {
  const body = { url: shop.url, event_type: 'PAYMENT.CAPTURE.COMPLETED', resource_version: '2.0' }
  assertPayPalRequest('simulate_event', body)
  check('simulate_event', await paypal.call('POST', `${base}/simulate-event`, { body }), 202)
  await shop.arrived(1)
  expect(shop.types()).toEqual(['PAYMENT.CAPTURE.COMPLETED'])
  check('simulate_event', await paypal.call('POST', `${base}/simulate-event`, { body: { url: shop.url } }), 400)
})

test('the webhook calls meet ordered faults and need a token like all others; certificates can fail, too', async () => {
  await paypal.fault('list_webhooks', 'rate_limit')
  check('list_webhooks', await paypal.call('GET', `${base}/webhooks`), 429)
  await paypal.fault('verify_signature', 'error_before')
  check('verify_signature', await paypal.call('POST', `${base}/verify-webhook-signature`, { body: {} }), 500)
  expect((await paypal.call('GET', `${base}/webhooks`, { headers: { authorization: 'Bearer x' } })).status).toBe(401)
  await paypal.fault('get_certificate', 'error_before')
  expect((await fetch(`${paypal.url}${base}/certs/CERT-any`)).status).toBe(500)
})
