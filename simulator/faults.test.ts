import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { orderBody, startDriver, type Driver, type Json } from './test-driver'

let paypal: Driver
let orderId: string
beforeAll(async () => {
  paypal = await startDriver()
})
beforeEach(async () => {
  await paypal.control('POST', '/reset')
  await paypal.token()
  orderId = (await paypal.create()).body.id
  await paypal.approve(orderId)
})
afterAll(() => paypal.close())

const booked = async () => (await paypal.control('GET', '/ledger')).body.entries.length
const lastRequest = async (): Promise<Json> => (await paypal.control('GET', '/requests')).body.requests.at(-1)
const capture = () => paypal.capture(orderId, 'capture-1')

test('refuse answers the ordered issue and does nothing', async () => {
  await paypal.fault('capture', 'refuse', { issue: 'PAYER_CANNOT_PAY' })
  const reply = await capture()
  expect([reply.status, reply.body.details[0].issue, await booked()]).toEqual([422, 'PAYER_CANNOT_PAY', 0])
  expect((await capture()).status).toBe(201)
})

test('rate_limit answers 429 with Retry-After, as often as ordered', async () => {
  await paypal.fault('capture', 'rate_limit', { times: 2 })
  const [first, second, third] = [await capture(), await capture(), await capture()]
  expect([first.status, first.headers.get('retry-after'), second.status, third.status]).toEqual([429, '1', 429, 201])
})

test('error_before answers 500 and does nothing; error_after answers 500 although the money moved', async () => {
  await paypal.fault('capture', 'error_before')
  expect([(await capture()).status, await booked()]).toEqual([500, 0])
  await paypal.fault('capture', 'error_after')
  expect([(await capture()).status, await booked()]).toEqual([500, 1])
  expect((await capture()).status).toBe(200)
})

test('not_found_page answers 404 as a gateway does, without a word of PayPal, and does nothing', async () => {
  await paypal.fault('capture', 'not_found_page')
  const reply = await capture()
  expect([reply.status, typeof reply.body, await booked()]).toEqual([404, 'string', 0])
  expect(reply.headers.get('content-type')).toBe('text/html')
})

test('drop_before cuts the connection with nothing done; drop_after cuts it with everything done', async () => {
  await paypal.fault('capture', 'drop_before')
  await expect(capture()).rejects.toThrow('fetch failed')
  expect(await booked()).toBe(0)
  await paypal.fault('capture', 'drop_after')
  await expect(capture()).rejects.toThrow('fetch failed')
  expect([await booked(), (await lastRequest()).status]).toEqual([1, null])
  expect((await capture()).status).toBe(200)
})

test('hang_after does the work and never answers; the connection ends when the delay is over', async () => {
  await paypal.fault('capture', 'hang_after', { delayMs: 50 })
  await expect(capture()).rejects.toThrow('fetch failed')
  expect([await booked(), (await lastRequest()).status]).toEqual([1, null])
})

test('malformed does the work and answers something that is no JSON', async () => {
  await paypal.fault('capture', 'malformed')
  const reply = await capture()
  expect([reply.status, typeof reply.body, await booked()]).toEqual([201, 'string', 1])
})

test('unauthorized kills the token that was sent', async () => {
  await paypal.fault('capture', 'unauthorized')
  expect((await capture()).status).toBe(401)
  expect((await capture()).status).toBe(401)
  await paypal.token()
  expect((await capture()).status).toBe(201)
})

test('duplicate delivers the request twice: harmless with a request id, two refunds without', async () => {
  await paypal.fault('capture', 'duplicate')
  const captured = await capture()
  expect([captured.status, await booked()]).toEqual([200, 1])
  const captureId = captured.body.purchase_units[0].payments.captures[0].id
  await paypal.fault('refund', 'duplicate')
  const body = { amount: { currency_code: 'USD', value: '1.00' } }
  await paypal.call('POST', `/v2/payments/captures/${captureId}/refund`, { body })
  expect(await booked()).toBe(3)
})

test('slow works late, and any meets whichever call comes next', async () => {
  await paypal.fault('any', 'slow', { delayMs: 20 })
  expect((await paypal.call('GET', `/v2/checkout/orders/${orderId}`)).status).toBe(200)
  expect((await lastRequest()).fault).toBe('slow')
})

test('the token endpoint can fail too', async () => {
  await paypal.fault('token', 'error_before')
  await paypal.token()
  expect(await lastRequest()).toMatchObject({ operation: 'token', status: 500 })
  await paypal.token()
})

test('faults are used in the order they were given and can be taken back', async () => {
  await paypal.fault('capture', 'rate_limit')
  await paypal.fault('capture', 'error_before')
  expect([(await capture()).status, (await capture()).status]).toEqual([429, 500])
  await paypal.fault('capture', 'error_before', { times: 9 })
  await paypal.control('DELETE', '/faults')
  expect((await capture()).status).toBe(201)
})

test('an unknown fault, operation or issue is refused with the choices', async () => {
  for (const body of [
    { operation: 'capture', fault: 'explode' },
    { operation: 'x', fault: 'slow' },
    { operation: 'capture', fault: 'refuse', issue: 'X' },
  ]) {
    const reply = await paypal.control('POST', '/faults', body)
    expect([reply.status, typeof reply.body.error]).toEqual([400, 'string'])
  }
})

test('PayPal-Mock-Response answers the named issue; an unknown one changes nothing', async () => {
  const mocked = (code: string) =>
    paypal.call('POST', `/v2/checkout/orders/${orderId}/capture`, {
      body: {},
      headers: { 'paypal-mock-response': JSON.stringify({ mock_application_codes: code }) },
    })
  expect((await mocked('INSTRUMENT_DECLINED')).body.details[0].issue).toBe('INSTRUMENT_DECLINED')
  expect(await booked()).toBe(0)
  expect((await mocked('NOT_A_CODE')).status).toBe(201)
})

test('the request log shows what was sent and what was answered', async () => {
  await paypal.control('DELETE', '/requests')
  const body = orderBody()
  await paypal.create(body, 'create-9')
  expect((await paypal.control('GET', '/requests')).body.requests).toMatchObject([
    {
      operation: 'create_order',
      method: 'POST',
      path: '/v2/checkout/orders',
      requestId: 'create-9',
      body,
      status: 201,
      fault: null,
    },
  ])
})
