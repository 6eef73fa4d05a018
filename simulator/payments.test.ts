import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { orderBody, startDriver, type Driver, type Json } from './test-driver'

let paypal: Driver
beforeAll(async () => {
  paypal = await startDriver()
})
beforeEach(async () => {
  await paypal.control('POST', '/reset')
})
afterAll(() => paypal.close())

const usd = (value: string) => ({ amount: { currency_code: 'USD', value } })
const issuesOf = (body: Json): string[] => body.details.map((detail: Json) => detail.issue)
const captureStatus = async (id: string) => (await paypal.call('GET', `/v2/payments/captures/${id}`)).body.status

test('refunds add up until everything is given back, and each is booked', async () => {
  const { orderId, captureId } = await paypal.pay(orderBody({ invoice_id: 'INV-1' }))
  const first = await paypal.refund(captureId, usd('10.00'))
  expect(first.status).toBe(201)
  expect(first.body).toMatchObject({
    status: 'COMPLETED',
    amount: { value: '10.00' },
    seller_payable_breakdown: { total_refunded_amount: { value: '10.00' } },
  })
  expect(await captureStatus(captureId)).toBe('PARTIALLY_REFUNDED')
  expect(issuesOf((await paypal.refund(captureId, usd('32.51'))).body)).toEqual(['REFUND_AMOUNT_EXCEEDED'])

  const rest = await paypal.refund(captureId)
  expect(rest.body).toMatchObject({
    amount: { value: '32.50' },
    seller_payable_breakdown: { total_refunded_amount: { value: '42.50' } },
  })
  expect(await captureStatus(captureId)).toBe('REFUNDED')
  expect(issuesOf((await paypal.refund(captureId)).body)).toEqual(['CAPTURE_FULLY_REFUNDED'])
  expect((await paypal.call('GET', `/v2/payments/refunds/${rest.body.id}`)).body).toEqual(rest.body)
  const { entries } = (await paypal.control('GET', '/ledger')).body
  expect(entries.map((entry: Json) => [entry.kind, entry.refundId, entry.amountMinor])).toEqual([
    ['capture', null, 4250],
    ['refund', first.body.id, 1000],
    ['refund', rest.body.id, 3250],
  ])
  const order = (await paypal.call('GET', `/v2/checkout/orders/${orderId}`)).body
  expect(order.purchase_units[0].payments.refunds).toHaveLength(2)
})

test('a refund in another currency, of nothing, or with decimals of a cent is refused', async () => {
  const { captureId } = await paypal.pay()
  const refusals = [{ amount: { currency_code: 'EUR', value: '1.00' } }, usd('0.00'), usd('1.001')]
  const replies = await Promise.all(
    refusals.map(async (body) => issuesOf((await paypal.refund(captureId, body)).body)[0]),
  )
  expect(replies.map(String).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'CANNOT_BE_ZERO_OR_NEGATIVE',
    'DECIMAL_PRECISION',
    'REFUND_CAPTURE_CURRENCY_MISMATCH',
  ])
})

test("a capture without money can't be refunded", async () => {
  const { captureId } = await paypal.pay(orderBody(), 'pending')
  expect(issuesOf((await paypal.refund(captureId)).body)).toEqual(['PENDING_CAPTURE'])
  await paypal.control('POST', `/captures/${captureId}/deny`)
  expect(issuesOf((await paypal.refund(captureId)).body)).toEqual(['REFUND_NOT_ALLOWED'])
})

test('after 180 days it is too late for a refund', async () => {
  const { captureId } = await paypal.pay()
  await paypal.control('POST', '/clock', { advanceSeconds: 181 * 86_400 })
  await paypal.token()
  expect(issuesOf((await paypal.refund(captureId)).body)).toEqual(['REFUND_TIME_LIMIT_EXCEEDED'])
  await paypal.control('POST', '/reset')
  await paypal.token()
})

test('unknown captures and refunds are not found', async () => {
  const replies = await Promise.all([
    paypal.refund('NOPE'),
    paypal.call('GET', '/v2/payments/captures/NOPE'),
    paypal.call('GET', '/v2/payments/refunds/NOPE'),
  ])
  expect(replies.map(({ status, body }) => [status, body.name])).toEqual(Array(3).fill([404, 'RESOURCE_NOT_FOUND']))
})
