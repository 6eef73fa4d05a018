import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { orderBody, startDriver, type Driver, type Reply } from './test-driver'

let paypal: Driver
beforeAll(async () => {
  paypal = await startDriver()
})
beforeEach(async () => {
  await paypal.control('POST', '/reset')
})
afterAll(() => paypal.close())

const open = (orderId: string) =>
  paypal.call('GET', `/checkoutnow?token=${orderId}`, { headers: { authorization: '' } })
const submit = (fields: Record<string, string>): Promise<Reply> =>
  paypal.call('POST', '/checkoutnow', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })
const statusOf = async (orderId: string) => (await paypal.call('GET', `/v2/checkout/orders/${orderId}`)).body.status

describe("the buyer's page", () => {
  test('shows the shop, the items, the sums and the address, and says that no money is real', async () => {
    const { id } = (await paypal.create()).body
    const { status, body } = await open(id)
    expect(status).toBe(200)
    for (const text of [
      'Simulated PayPal, no real money',
      'Plotterhouse',
      'Contour No. 14, A3',
      '$8.00',
      '$42.50',
      '−$3.00',
      '1 Main Street',
      'United States',
      'Pay now',
    ]) {
      expect(body).toContain(text)
    }
  })

  test('what the shop sent is shown as text, never as markup', async () => {
    const { id } = (await paypal.create(orderBody({}, { brand_name: '<script>alert(1)</script>' }))).body
    expect((await open(id)).body).not.toContain('<script>alert(1)')
  })

  test('an approval leads back to the shop with token and payer', async () => {
    const { id } = (await paypal.create()).body
    const reply = await submit({ token: id, action: 'approve', funding: 'balance' })
    expect([reply.status, reply.headers.get('location')]).toEqual([
      303,
      `https://shop.example/return?from=paypal&token=${id}&PayerID=BUYER2SAMPLE3`,
    ])
    expect(await statusOf(id)).toBe('APPROVED')
  })

  test('turning back leads to the cancel address and approves nothing', async () => {
    const { id } = (await paypal.create()).body
    const reply = await submit({ token: id, action: 'cancel' })
    expect([reply.status, reply.headers.get('location')]).toEqual([303, `https://shop.example/cancel?token=${id}`])
    expect(await statusOf(id)).toBe('PAYER_ACTION_REQUIRED')
  })

  test('a declined card shows at the capture, and the next visit says so', async () => {
    const { id } = (await paypal.create()).body
    await submit({ token: id, action: 'decline' })
    expect((await paypal.capture(id)).body.details[0].issue).toBe('INSTRUMENT_DECLINED')
    expect((await open(id)).body).toContain('Your last payment was declined')
  })

  test('in a window it tells only the shop that opened it', async () => {
    const { id } = (await paypal.create()).body
    const reply = await submit({
      token: id,
      action: 'approve',
      presentation: 'popup',
      origin: 'http://localhost:3000/checkout',
    })
    expect(reply.status).toBe(200)
    expect(reply.body).toMatch(
      /postMessage\(\{"source":"simulated-paypal","type":"approved",.*"http:\/\/localhost:3000"\)/,
    )
  })

  test('an unknown, an expired and a paid order each end in a clear page', async () => {
    expect((await open('UNKNOWN')).status).toBe(404)
    const { orderId } = await paypal.pay()
    const paid = await open(orderId)
    expect(paid.status).toBe(409)
    expect(paid.body).toContain('This order is already paid')
    expect(paid.body).toContain('https://shop.example/return')
    const { id } = (await paypal.create()).body
    await paypal.control('POST', '/clock', { advanceSeconds: 3 * 3600 + 1 })
    expect((await open(id)).status).toBe(404)
    expect((await submit({ token: id, action: 'approve' })).status).toBe(404)
  })
})

test("the browser script is served under PayPal's path to any page and knows where it came from", async () => {
  const { status, body, headers } = await paypal.call('GET', '/web-sdk/v6/core?client-id=x&paypal-sdk-retry=1')
  expect([status, headers.get('access-control-allow-origin')]).toEqual([200, '*'])
  expect(body).toContain(`const ORIGIN = "${paypal.url}"`)
})

test('the control page lists orders, captures and refunds, and its buttons lead back to it', async () => {
  const { orderId, captureId } = await paypal.pay(orderBody(), 'pending')
  const page = await paypal.call('GET', '/_simulator')
  for (const text of [orderId, captureId, 'Pending', 'Complete']) expect(page.body).toContain(text)
  const act = await paypal.call('POST', `/_simulator/captures/${captureId}/complete`, {
    headers: { accept: 'text/html' },
  })
  expect([act.status, act.headers.get('location')]).toEqual([303, '/_simulator'])
})
