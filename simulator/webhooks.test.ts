import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { assertPayPalRequest, assertPayPalResponse } from './openapi-contract'
import { orderBody, startDriver, type Driver, type Json } from './test-driver'
import { problemOf, startReceiver, type Receiver } from './test-receiver'

let paypal: Driver
let shop: Receiver
let webhookId: string
beforeEach(async () => {
  ;[paypal, shop] = await Promise.all([startDriver(), startReceiver()])
  webhookId = (await paypal.control('POST', '/webhooks/register', { url: shop.url })).body.id
})
afterEach(() => Promise.all([paypal.close(), shop.close()]))

const drain = async (options: object = {}): Promise<Json[]> =>
  (await paypal.control('POST', '/webhooks/drain', options)).body.deliveries
const hold = () => paypal.control('POST', '/webhooks/hold')
const spoil = (kind: string, more: object = {}) => paypal.control('POST', '/webhooks/spoils', { kind, ...more })
const send = async (body: object): Promise<Json> => (await paypal.control('POST', '/webhooks/send', body)).body
const advance = (advanceSeconds: number) => paypal.control('POST', '/clock', { advanceSeconds })
const trust = async () => ({
  origin: paypal.url,
  root: (await paypal.control('GET', '/webhook-authority.pem')).body,
  intermediate: (await paypal.control('GET', '/webhook-intermediate.pem')).body,
})
const problems = async () => {
  const trusted = await trust()
  return Promise.all(shop.received.map((received) => problemOf(received, webhookId, trusted)))
}

test('an approval and a payment reach the shop without being asked for, signed by the authority', async () => {
  const { orderId, captureId } = await paypal.pay(orderBody({ invoice_id: 'INV-1' }))
  await shop.arrived(2)
  expect(shop.types().toSorted()).toEqual(['CHECKOUT.ORDER.APPROVED', 'PAYMENT.CAPTURE.COMPLETED'])
  const capture = shop.received.find(({ event }) => event.resource_type === 'capture')!.event
  expect(capture).toMatchObject({
    id: expect.stringMatching(/^WH-[A-Z0-9]{17}-[A-Z0-9]{17}$/),
    event_version: '1.0',
    resource_version: '2.0',
    resource: { id: captureId, status: 'COMPLETED', supplementary_data: { related_ids: { order_id: orderId } } },
  })
  assertPayPalResponse('get_capture', 200, capture.resource)
  assertPayPalResponse('get_event', 200, capture)
  const order = shop.received.find(({ event }) => event.resource_type === 'checkout-order')!.event
  expect(order.resource).toMatchObject({ id: orderId, status: 'APPROVED' })
  assertPayPalResponse('get_order', 200, order.resource)
  expect(await problems()).toEqual([null, null])
  expect(shop.received[0]!.headers).toMatchObject({
    'content-type': 'application/json',
    'paypal-auth-version': 'v2',
    'paypal-transmission-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'paypal-transmission-time': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  })
})

test('the certificate is served alone and with CRLF, without a token', async () => {
  await paypal.pay()
  await shop.arrived(2)
  const pem = await (await fetch(String(shop.received[0]!.headers['paypal-cert-url']))).text()
  expect(pem.match(/BEGIN CERTIFICATE/g)).toHaveLength(1)
  expect(pem).toMatch(/^-----BEGIN CERTIFICATE-----\r\n/)
  expect((await fetch(`${paypal.url}/v1/notifications/certs/CERT-none`)).status).toBe(404)
})

test('pending, denied and declined payments have their own events', async () => {
  await hold()
  const { captureId } = await paypal.pay(orderBody(), 'pending')
  await paypal.control('POST', `/captures/${captureId}/deny`)
  const other = await paypal.pay(orderBody(), 'pending')
  await paypal.control('POST', `/captures/${other.captureId}/complete`)
  await paypal.pay(orderBody(), 'declined_capture')
  expect((await drain()).map(({ type }) => type).filter((type) => type !== 'CHECKOUT.ORDER.APPROVED')).toEqual([
    'PAYMENT.CAPTURE.PENDING',
    'PAYMENT.CAPTURE.DENIED',
    'PAYMENT.CAPTURE.PENDING',
    'PAYMENT.CAPTURE.COMPLETED',
    'PAYMENT.CAPTURE.DECLINED',
  ])
})

test('an approval that runs out is announced once, without an id but with the order_id', async () => {
  await hold()
  const orderId = (await paypal.create()).body.id
  await paypal.approve(orderId)
  await drain()
  await advance(3 * 3600 + 1)
  expect((await drain()).map(({ type }) => type)).toEqual(['CHECKOUT.PAYMENT-APPROVAL.REVERSED'])
  const { resource } = shop.received.at(-1)!.event
  expect([resource.id, resource.order_id, Object.keys(resource).length]).toEqual([undefined, orderId, 3])
  expect(await drain()).toEqual([])
})

test('a refund event carries the refund, and the capture only behind the link up', async () => {
  await hold()
  const { captureId } = await paypal.pay()
  const refund = (await paypal.refund(captureId)).body
  await drain()
  const { event } = shop.received.at(-1)!
  expect([event.event_type, event.resource]).toEqual(['PAYMENT.CAPTURE.REFUNDED', refund])
  const up = event.resource.links.find(({ rel }: Json) => rel === 'up')
  expect(up.href).toBe(`${paypal.url}/v2/payments/captures/${captureId}`)
})

test('by a setting, capture events lack the order id as older ones do', async () => {
  await paypal.control('POST', '/settings', { capturesNameTheirOrder: false })
  const { orderId } = await paypal.pay()
  await shop.arrived(2)
  const { resource } = shop.received.find(({ event }) => event.resource_type === 'capture')!.event
  expect(resource.supplementary_data).toBeUndefined()
  expect(resource.links.find(({ rel }: Json) => rel === 'up').href).toContain(orderId)
})

test('a refused delivery is repeated 25 times within 3 days, unchanged, and then given up', async () => {
  shop.answerWith(500)
  await hold()
  await paypal.create().then(({ body }) => paypal.approve(body.id))
  expect((await drain()).map(({ status }) => status)).toEqual([500])
  expect(await drain()).toEqual([])
  await advance(17)
  expect(await drain()).toHaveLength(1)
  // Its approval runs out meanwhile; that event is repeated, too.
  for (let hour = 0; hour < 80; hour += 1) {
    await advance(3600)
    await drain()
  }
  const { deliveries } = (await paypal.control('GET', '/webhooks/deliveries')).body
  expect(deliveries.map(({ state, attempts }: Json) => [state, attempts.length])).toEqual([
    ['given_up', 26],
    ['given_up', 26],
  ])
  const tries = shop.received.filter(({ event }) => event.event_type === 'CHECKOUT.ORDER.APPROVED')
  expect(
    new Set(tries.map(({ headers, raw }) => `${String(headers['paypal-transmission-time'])} ${raw.toString()}`)).size,
  ).toBe(1)
})

test('a delivery that is accepted later is not repeated again', async () => {
  shop.answerWith(0)
  await hold()
  await paypal.pay()
  expect((await drain()).map(({ status }) => status)).toEqual([null, null])
  shop.answerWith(204)
  await advance(20)
  expect((await drain()).map(({ status }) => status)).toEqual([204, 204])
  await advance(4 * 86_400)
  expect(await drain()).toEqual([])
})

test('with a short scale the retries come by themselves', async () => {
  const quick = await startDriver(null, { webhookRetryScale: 0.000_01 })
  await quick.control('POST', '/webhooks/register', { url: shop.url })
  shop.answerWith(503)
  await quick.create().then(({ body }) => quick.approve(body.id))
  await shop.arrived(3)
  shop.answerWith(200)
  await quick.close()
})

test('what was not delivered survives a restart and goes out by itself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paypal-webhooks-'))
  const before = await startDriver(folder)
  await before.control('POST', '/webhooks/register', { url: shop.url })
  await before.control('POST', '/webhooks/hold')
  await before.pay()
  const root = (await before.control('GET', '/webhook-authority.pem')).body
  await before.close()
  expect(shop.received).toEqual([])
  const after = await startDriver(folder)
  await shop.arrived(2)
  expect((await after.control('GET', '/webhook-authority.pem')).body).toBe(root)
  await after.close()
  rmSync(folder, { recursive: true })
})

test('held events are released in the order asked for', async () => {
  await hold()
  const { captureId } = await paypal.pay()
  await paypal.refund(captureId)
  expect(shop.received).toEqual([])
  const released = (await paypal.control('POST', '/webhooks/release', { order: 'reversed' })).body.deliveries
  expect(released.map(({ status }: Json) => status)).toEqual([200, 200, 200])
  expect(shop.types()).toEqual(['PAYMENT.CAPTURE.REFUNDED', 'PAYMENT.CAPTURE.COMPLETED', 'CHECKOUT.ORDER.APPROVED'])
  await paypal.pay()
  await shop.arrived(5)
})

test('events can be lost, doubled and late', async () => {
  await hold()
  await spoil('drop', { eventType: 'CHECKOUT.ORDER.APPROVED' })
  await spoil('duplicate', { eventType: 'PAYMENT.CAPTURE.COMPLETED', copies: 2 })
  await spoil('delay', { eventType: 'PAYMENT.CAPTURE.REFUNDED', seconds: 600 })
  const { captureId } = await paypal.pay()
  await paypal.refund(captureId)
  await drain()
  expect(shop.types()).toEqual(Array(3).fill('PAYMENT.CAPTURE.COMPLETED'))
  expect(new Set(shop.received.map(({ event }) => event.id)).size).toBe(1)
  expect(new Set(shop.received.map(({ headers }) => headers['paypal-transmission-id'])).size).toBe(3)
  await advance(601)
  await drain()
  expect(shop.types().at(-1)).toBe('PAYMENT.CAPTURE.REFUNDED')
})

test.each([
  ['wrong_signature', 'signature'],
  ['tampered_body', 'signature'],
  ['other_webhook', 'signature'],
  ['weak_algorithm', 'algorithm'],
  ['wrong_cert_host', 'host'],
  ['expired_certificate', 'expired'],
  ['untrusted_certificate', 'issuer'],
  ['other_name_certificate', 'name'],
  ['missing_header', 'signature'],
  ['stale', null],
  ['oversized', null],
  ['not_json', null],
])('a first try spoilt by %s has that one fault, and its retry none', async (kind, problem) => {
  await hold()
  await spoil(kind)
  shop.answerWith(400)
  await paypal.create().then(({ body }) => paypal.approve(body.id))
  await drain()
  expect(await problems()).toEqual([problem])
  const [first] = shop.received
  if (kind === 'stale')
    expect(Date.now() - Date.parse(String(first!.headers['paypal-transmission-time']))).toBeGreaterThan(
      4.9 * 86_400_000,
    )
  if (kind === 'oversized') expect(first!.raw.length).toBeGreaterThan(1_900_000)
  if (kind === 'not_json') expect(first!.event).toBeNull()
  shop.answerWith(200)
  await advance(17)
  await drain()
  expect((await problems())[1]).toBeNull()
  expect(shop.types()[1]).toBe('CHECKOUT.ORDER.APPROVED')
})

test('any event can be sent at once, known, unknown or forged, and the answer is told', async () => {
  const unknown = await send({ eventType: 'BILLING.PLAN.CREATED', resource: { id: 'P-1' } })
  expect(unknown.deliveries).toMatchObject([{ type: 'BILLING.PLAN.CREATED', status: 200, body: '{}' }])
  expect(shop.received[0]!.event).toMatchObject({ resource: { id: 'P-1' } })
  await send({ eventId: unknown.deliveries[0].eventId })
  expect(shop.received[1]!.event.id).toBe(shop.received[0]!.event.id)
  await send({ eventType: 'PAYMENT.CAPTURE.COMPLETED', spoil: 'wrong_signature' })
  await send({ text: '{"a":1.0}' })
  expect(shop.received[3]!.raw.toString()).toBe('{"a":1.0}')
  expect(await problems()).toEqual([null, null, 'signature', null])
  expect((await paypal.control('GET', '/webhooks/events')).body.events).toHaveLength(1)
})

test('the postback knows genuine transmissions by their bytes, whatever stands in them', async () => {
  await send({ text: '{"id":"WH-1", "resource":{"amount":1.0,"empty":{},"text":"a\\u0041 \\"}"}}' })
  const [{ headers, raw }] = shop.received as [Receiver['received'][number]]
  const verdict = async (event: string, change: object = {}) => {
    const claim: Json = { ...claimOf(headers, webhookId), ...change }
    const body = `${JSON.stringify(claim).slice(0, -1)}, "webhook_event" : ${event} }`
    assertPayPalRequest('verify_signature', JSON.parse(body))
    const reply = await paypal.call('POST', '/v1/notifications/verify-webhook-signature', { body })
    assertPayPalResponse('verify_signature', reply.status, reply.body)
    return reply.body.verification_status
  }
  expect(await verdict(raw.toString())).toBe('SUCCESS')
  expect(await verdict(JSON.stringify(JSON.parse(raw.toString())))).toBe('FAILURE')
  expect(await verdict(raw.toString(), { webhook_id: 'ANOTHER' })).toBe('FAILURE')
  expect(await verdict(raw.toString(), { transmission_id: 'x-1' })).toBe('FAILURE')
  expect(await verdict(raw.toString(), { auth_algo: 'SHA1withRSA' })).toBe('FAILURE')
  expect(await verdict(raw.toString(), { cert_url: 'https://example.com/v1/notifications/certs/x' })).toBe('FAILURE')
  for (const kind of ['untrusted_certificate', 'expired_certificate', 'weak_algorithm', 'wrong_cert_host']) {
    await send({ text: '{}', spoil: kind })
    expect(await verdict('{}', claimOf(shop.received.at(-1)!.headers, webhookId))).toBe('FAILURE')
  }
  const incomplete = await paypal.call('POST', '/v1/notifications/verify-webhook-signature', { body: {} })
  expect(incomplete.status).toBe(400)
})

function claimOf(headers: Receiver['received'][number]['headers'], id: string): Json {
  const names = ['auth-algo', 'cert-url', 'transmission-id', 'transmission-sig', 'transmission-time']
  const entries = names.map((name) => [name.replace('-', '_'), headers[`paypal-${name}`]])
  return { ...Object.fromEntries(entries), webhook_id: id }
}

test('the control page shows deliveries with their answers', async () => {
  shop.answerWith(503)
  await hold()
  await spoil('duplicate')
  await paypal.create().then(({ body }) => paypal.approve(body.id))
  await drain()
  const page = (await paypal.control('GET', '')).body
  expect(page.match(/<td>CHECKOUT.ORDER.APPROVED<\/td>/g)).toHaveLength(2)
  expect(page).toContain('503 (duplicate)')
})
