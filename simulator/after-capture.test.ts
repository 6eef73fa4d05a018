import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { assertPayPalResponse } from './openapi-contract'
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
const capture = async (id: string): Promise<Json> => {
  const { status, body } = await paypal.call('GET', `/v2/payments/captures/${id}`)
  assertPayPalResponse('get_capture', status, body)
  return body
}
const refund = async (id: string): Promise<Json> => {
  const { status, body } = await paypal.call('GET', `/v2/payments/refunds/${id}`)
  assertPayPalResponse('get_refund', status, body)
  return body
}
const events = async (): Promise<Json[]> => (await paypal.control('GET', '/webhooks/events')).body.events
const newest = async () => (await events()).at(-1)
const ledger = async (): Promise<Json[]> => (await paypal.control('GET', '/ledger')).body.entries
const booked = async () => (await ledger()).map(({ kind, amountMinor, feeMinor }) => [kind, amountMinor, feeMinor])
const issue = ({ body }: { body: Json }) => body.details[0].issue

test('a refund made on the site of PayPal looks like any other, and is announced', async () => {
  const { captureId } = await paypal.pay()
  const made = await paypal.control('POST', `/captures/${captureId}/refund`, { amountValue: '12.50' })
  expect(made.status).toBe(201)
  const shown = await refund(made.body.id)
  expect(shown).toMatchObject({ status: 'COMPLETED', amount: { value: '12.50' } })
  expect(await newest()).toMatchObject({ event_type: 'PAYMENT.CAPTURE.REFUNDED', resource: shown })
  expect(await capture(captureId)).toMatchObject({ status: 'PARTIALLY_REFUNDED' })
  expect((await paypal.control('POST', `/captures/${captureId}/refund`, { amountValue: '30.01' })).status).toBe(409)
  const rest = (await paypal.control('POST', `/captures/${captureId}/refund`)).body
  expect((await refund(rest.id)).seller_payable_breakdown).toMatchObject({
    gross_amount: { value: '30.00' },
    total_refunded_amount: { value: '42.50' },
  })
  expect(await booked()).toEqual([
    ['capture', 4250, 197],
    ['refund', 1250, 0],
    ['refund', 3000, 0],
  ])
})

test('a refund can stay pending, keeps its amount reserved, and completes or fails later', async () => {
  await paypal.control('POST', '/settings', { refundsStayPending: true })
  const { captureId } = await paypal.pay()
  const first = (await paypal.refund(captureId, usd('40.00'))).body
  expect(first).toMatchObject({ status: 'PENDING', status_details: { reason: 'ECHECK' } })
  await refund(first.id)
  expect((await newest()).event_type).toBe('PAYMENT.REFUND.PENDING')
  expect(issue(await paypal.refund(captureId, usd('2.51')))).toBe('REFUND_AMOUNT_EXCEEDED')
  const second = (await paypal.refund(captureId, usd('2.50'))).body

  await paypal.control('POST', `/refunds/${first.id}/fail`)
  expect((await refund(first.id)).status).toBe('FAILED')
  expect((await newest()).event_type).toBe('PAYMENT.REFUND.FAILED')
  expect((await capture(captureId)).status).toBe('PARTIALLY_REFUNDED')
  await paypal.control('POST', `/refunds/${second.id}/complete`)
  expect((await newest()).event_type).toBe('PAYMENT.CAPTURE.REFUNDED')
  expect((await paypal.control('POST', `/refunds/${second.id}/fail`)).status).toBe(409)
  expect((await paypal.control('POST', '/refunds/NOPE/fail')).status).toBe(404)
  expect(await booked()).toEqual([
    ['capture', 4250, 197],
    ['refund_pending', 4000, 0],
    ['refund_pending', 250, 0],
    ['refund_failed', 4000, 0],
    ['refund', 250, 0],
  ])
})

test('a reversal takes what is left, looks like a refund that nobody asked for, and forbids further ones', async () => {
  const { captureId } = await paypal.pay()
  await paypal.refund(captureId, usd('2.50'))
  const { body } = await paypal.control('POST', `/captures/${captureId}/reverse`)
  const event = await newest()
  expect(event).toMatchObject({ event_type: 'PAYMENT.CAPTURE.REVERSED', resource: await refund(body.id) })
  expect(event.resource.links.find(({ rel }: Json) => rel === 'up').href).toContain(captureId)
  expect(await capture(captureId)).toMatchObject({ status: 'REFUNDED', status_details: { reason: 'CHARGEBACK' } })
  const refused = await paypal.refund(captureId)
  assertPayPalResponse('refund', refused.status, refused.body)
  expect(issue(refused)).toBe('REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK')
  expect((await paypal.control('POST', `/captures/${captureId}/reverse`)).status).toBe(409)
  expect((await booked()).at(-1)).toEqual(['reversal', 4000, 0])
})

test('a pending capture pays its fee when it completes, and nothing of it can be reversed before', async () => {
  const { captureId } = await paypal.pay(orderBody(), 'pending')
  expect((await paypal.control('POST', `/captures/${captureId}/reverse`)).status).toBe(409)
  await paypal.control('POST', `/captures/${captureId}/complete`)
  expect(await booked()).toEqual([
    ['capture', 4250, 0],
    ['capture_completed', 4250, 197],
  ])
})

test.each(['MAX_NUMBER_OF_REFUNDS_EXCEEDED', 'REFUND_FAILED_INSUFFICIENT_FUNDS', 'PARTIAL_REFUND_NOT_ALLOWED'])(
  'the refusal %s can be ordered',
  async (ordered) => {
    const { captureId } = await paypal.pay()
    await paypal.fault('refund', 'refuse', { issue: ordered })
    const refused = await paypal.refund(captureId)
    assertPayPalResponse('refund', refused.status, refused.body)
    expect(issue(refused)).toBe(ordered)
  },
)
