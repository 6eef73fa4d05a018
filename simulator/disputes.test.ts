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

const show = async (id: string): Promise<Json> => {
  const { status, body } = await paypal.call('GET', `/v1/customer/disputes/${id}`)
  assertPayPalResponse('get_dispute', status, body)
  return body
}
const list = async (query = ''): Promise<Json> => {
  const { status, body } = await paypal.call('GET', `/v1/customer/disputes${query}`)
  assertPayPalResponse('list_disputes', status, body)
  return body
}
const open = async (captureId: string, body: object = {}): Promise<Json> =>
  (await paypal.control('POST', `/captures/${captureId}/dispute`, body)).body
const resolve = (id: string, outcome: string) => paypal.control('POST', `/disputes/${id}/resolve`, { outcome })
const events = async (): Promise<Json[]> => (await paypal.control('GET', '/webhooks/events')).body.events
const lastTypes = async (count: number) => (await events()).slice(-count).map(({ event_type }) => event_type)
const booked = async () => {
  const { entries } = (await paypal.control('GET', '/ledger')).body
  return entries.map(({ kind, amountMinor }: Json) => [kind, amountMinor])
}

test('a dispute is announced and shown with its capture, its reason and the date for the answer', async () => {
  const { captureId } = await paypal.pay(orderBody({ invoice_id: 'INV-1' }))
  const { id } = await open(captureId, {
    reason: 'UNAUTHORISED',
    amountValue: '20.00',
    sellerResponseDueDate: '2031-01-02T03:04:05Z',
    message: 'I did not buy this',
  })
  const shown = await show(id)
  expect(shown).toMatchObject({
    dispute_id: expect.stringMatching(/^PP-D-\d+$/),
    reason: 'UNAUTHORISED',
    status: 'WAITING_FOR_SELLER_RESPONSE',
    dispute_amount: { currency_code: 'USD', value: '20.00' },
    dispute_life_cycle_stage: 'INQUIRY',
    seller_response_due_date: '2031-01-02T03:04:05.000Z',
    disputed_transactions: [{ seller_transaction_id: captureId, invoice_number: 'INV-1' }],
    messages: [{ posted_by: 'BUYER', content: 'I did not buy this' }],
  })
  const event = (await events()).at(-1)
  expect([event.event_type, event.resource_type, event.resource]).toEqual([
    'CUSTOMER.DISPUTE.CREATED',
    'dispute',
    shown,
  ])
  await paypal.control('POST', `/disputes/${id}/update`, { status: 'UNDER_REVIEW', stage: 'CHARGEBACK' })
  expect(await show(id)).toMatchObject({ status: 'UNDER_REVIEW', dispute_life_cycle_stage: 'CHARGEBACK' })
  expect(await lastTypes(1)).toEqual(['CUSTOMER.DISPUTE.UPDATED'])
})

test('resolved for the buyer it takes the money back once, and says so as a reversal too', async () => {
  const { captureId } = await paypal.pay()
  await paypal.refund(captureId, { amount: { currency_code: 'USD', value: '40.00' } })
  const { id } = await open(captureId)
  await resolve(id, 'RESOLVED_BUYER_FAVOUR')
  expect(await show(id)).toMatchObject({
    status: 'RESOLVED',
    dispute_outcome: { outcome_code: 'RESOLVED_BUYER_FAVOUR', amount_refunded: { value: '2.50' } },
  })
  expect(await lastTypes(2)).toEqual(['PAYMENT.CAPTURE.REVERSED', 'CUSTOMER.DISPUTE.RESOLVED'])
  expect((await resolve(id, 'RESOLVED_BUYER_FAVOUR')).status).toBe(409)
  expect((await paypal.control('POST', `/disputes/${id}/update`, {})).status).toBe(409)
  expect(await booked()).toEqual([
    ['capture', 4250],
    ['refund', 4000],
    ['dispute_opened', 4250],
    ['dispute_lost', 250],
  ])
})

test.each(['RESOLVED_SELLER_FAVOUR', 'CANCELED_BY_BUYER'])('%s moves no money', async (outcome) => {
  const { captureId } = await paypal.pay()
  const { id } = await open(captureId)
  await resolve(id, outcome)
  expect((await show(id)).dispute_outcome).toEqual({
    outcome_code: outcome,
    amount_refunded: { currency_code: 'USD', value: '0.00' },
  })
  expect(await lastTypes(1)).toEqual(['CUSTOMER.DISPUTE.RESOLVED'])
  expect((await paypal.call('GET', `/v2/payments/captures/${captureId}`)).body.status).toBe('COMPLETED')
})

test('while a payment is disputed only all of it can be refunded', async () => {
  const { captureId } = await paypal.pay()
  const { id } = await open(captureId)
  const part = { amount: { currency_code: 'USD', value: '1.00' } }
  const refused = await paypal.refund(captureId, part)
  assertPayPalResponse('refund', refused.status, refused.body)
  expect(refused.body.details[0].issue).toBe('TRANSACTION_DISPUTED')
  await resolve(id, 'CANCELED_BY_BUYER')
  expect((await paypal.refund(captureId, part)).status).toBe(201)
  await open(captureId)
  expect((await paypal.refund(captureId)).status).toBe(201)
})

test('disputes are listed newest first, in pages, by payment and by state', async () => {
  expect((await list()).items).toEqual([])
  const [one, two] = [await paypal.pay(), await paypal.pay()]
  const first = await open(one.captureId)
  const second = await open(two.captureId, { status: 'UNDER_REVIEW' })
  const ids = async (query: string) => (await list(query)).items.map((item: Json) => item.dispute_id)
  expect(await ids('')).toEqual([second.id, first.id])
  expect(await ids(`?disputed_transaction_id=${one.captureId}`)).toEqual([first.id])
  expect(await ids('?dispute_state=UNDER_PAYPAL_REVIEW')).toEqual([second.id])
  const page = await list('?page_size=1')
  const next = page.links.find(({ rel }: Json) => rel === 'next').href
  expect(await ids(new URL(next).search)).toEqual([first.id])
  const wrong = await paypal.call('GET', '/v1/customer/disputes?page_size=51')
  expect(wrong.status).toBe(400)
  assertPayPalResponse('list_disputes', wrong.status, wrong.body)
  const unknown = await paypal.call('GET', '/v1/customer/disputes/PP-D-1')
  expect(unknown.status).toBe(404)
  assertPayPalResponse('get_dispute', unknown.status, unknown.body)
})

test('what cannot be disputed is not, and unknown values are refused', async () => {
  const pending = await paypal.pay(orderBody(), 'pending')
  const { captureId } = await paypal.pay()
  const status = async (path: string, body: object = {}) => (await paypal.control('POST', path, body)).status
  expect(await status(`/captures/${pending.captureId}/dispute`)).toBe(409)
  expect(await status('/captures/NOPE/dispute')).toBe(404)
  for (const body of [{ reason: 'X' }, { amountValue: '42.51' }, { amountValue: '-1' }, { sellerResponseDueDate: 'x' }])
    expect(await status(`/captures/${captureId}/dispute`, body)).toBe(400)
  const { id } = await open(captureId)
  expect((await resolve(id, 'WON')).status).toBe(400)
})
