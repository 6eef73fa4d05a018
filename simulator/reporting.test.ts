import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { assertPayPalResponse } from './openapi-contract'
import { orderBody, startDriver, type Driver, type Json } from './test-driver'

const START = Date.parse('2031-03-01T00:00:00Z')
let now = START
let paypal: Driver
beforeAll(async () => {
  paypal = await startDriver(null, { clock: () => now })
})
beforeEach(async () => {
  now = START
  await paypal.control('POST', '/reset')
  await paypal.token()
})
afterAll(() => paypal.close())

const iso = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`
const search = async (more: Record<string, string> = {}): Promise<Json> => {
  const query = new URLSearchParams({ start_date: iso(START), end_date: iso(START + 86_400_000), ...more })
  const { status, body } = await paypal.call('GET', `/v1/reporting/transactions?${query}`)
  assertPayPalResponse('search_transactions', status, body)
  return body
}
const infos = async (more: Record<string, string> = {}): Promise<Json[]> =>
  (await search(more)).transaction_details.map(({ transaction_info }: Json) => transaction_info)
const usd = (value: string) => ({ currency_code: 'USD', value })

test('payments, refunds and reversals are listed with their fees, signs and references', async () => {
  const { captureId } = await paypal.pay(orderBody({ invoice_id: 'INV-1', custom_id: 'attempt-1' }))
  now += 1000
  const refund = (await paypal.refund(captureId, { amount: usd('2.50') })).body
  now += 1000
  const reversal = (await paypal.control('POST', `/captures/${captureId}/reverse`)).body
  const found = await infos()
  expect(found).toMatchObject([
    {
      transaction_id: captureId,
      transaction_event_code: 'T0006',
      transaction_amount: usd('42.50'),
      fee_amount: usd('-1.97'),
      transaction_status: 'V',
      invoice_id: 'INV-1',
      custom_field: 'attempt-1',
      transaction_initiation_date: iso(START),
    },
    { transaction_id: refund.id, transaction_event_code: 'T1107', transaction_amount: usd('-2.50') },
    { transaction_id: reversal.id, transaction_event_code: 'T1201', transaction_amount: usd('-40.00') },
  ])
  expect(found.slice(1).map((info) => [info.paypal_reference_id, info.paypal_reference_id_type])).toEqual(
    Array(2).fill([captureId, 'TXN']),
  )
})

test('a dispute lost is a reversal by PayPal', async () => {
  const { captureId } = await paypal.pay()
  const { id } = (await paypal.control('POST', `/captures/${captureId}/dispute`)).body
  await paypal.control('POST', `/disputes/${id}/resolve`, { outcome: 'RESOLVED_BUYER_FAVOUR' })
  expect(new Set((await infos()).map((info) => info.transaction_event_code))).toEqual(new Set(['T0006', 'T1106']))
})

test('pending and denied movements are listed only when records without effect are asked for', async () => {
  const { captureId } = await paypal.pay(orderBody(), 'pending')
  await paypal.pay(orderBody(), 'declined_capture')
  expect(await infos()).toEqual([])
  const all = await infos({ balance_affecting_records_only: 'N' })
  expect(all.map((info) => [info.transaction_status, info.fee_amount])).toEqual([
    ['P', undefined],
    ['D', undefined],
  ])
  await paypal.control('POST', `/captures/${captureId}/complete`)
  expect(await infos()).toMatchObject([{ transaction_id: captureId, transaction_status: 'S' }])
})

test('with a lag nothing younger is shown, and the answer says until when it knows', async () => {
  await paypal.control('POST', '/settings', { reportingLagSeconds: 3 * 3600 })
  await paypal.pay()
  now += 3 * 3_600_000 - 1000
  expect(await search()).toMatchObject({ total_items: 0, last_refreshed_datetime: iso(START - 1000) })
  now += 1000
  expect(await search()).toMatchObject({ total_items: 1, last_refreshed_datetime: iso(START) })
})

test('money that the shop knows nothing of is there, too, and in the ledger', async () => {
  const made = await paypal.control('POST', '/transactions', { amountValue: '20.00', payerEmail: 'a@example.com' })
  expect(made.status).toBe(201)
  await paypal.control('POST', '/transactions', { amountValue: '-5.00', currency: 'EUR', eventCode: 'T0400' })
  const { transaction_details: details } = await search({ fields: 'all' })
  expect(details).toMatchObject([
    {
      transaction_info: {
        transaction_id: made.body.id,
        transaction_event_code: 'T0000',
        transaction_amount: usd('20.00'),
        fee_amount: usd('-1.19'),
      },
      payer_info: { email_address: 'a@example.com' },
    },
    {
      transaction_info: {
        transaction_event_code: 'T0400',
        transaction_amount: { currency_code: 'EUR', value: '-5.00' },
      },
    },
  ])
  const { entries } = (await paypal.control('GET', '/ledger')).body
  expect(entries.map(({ kind, amountMinor, feeMinor }: Json) => [kind, amountMinor, feeMinor])).toEqual([
    ['foreign', 2000, 119],
    ['foreign', -500, 0],
  ])
  for (const body of [
    {},
    { amountValue: 'x' },
    { amountValue: '1', currency: 'XXX' },
    { amountValue: '1', eventCode: 'X' },
  ])
    expect((await paypal.control('POST', '/transactions', body)).status).toBe(400)
})

test('results come in pages, and can be narrowed to one transaction, kind, status and currency', async () => {
  const payments = [await paypal.pay(), await paypal.pay(), await paypal.pay()]
  const first = await search({ page_size: '2' })
  expect(first).toMatchObject({ page: 1, total_items: 3, total_pages: 2 })
  expect(first.transaction_details).toHaveLength(2)
  const next = first.links.find(({ rel }: Json) => rel === 'next').href
  const second = (await paypal.call('GET', `${new URL(next).pathname}${new URL(next).search}`)).body
  expect(second.transaction_details).toHaveLength(1)
  expect(second.links.map(({ rel }: Json) => rel)).toEqual(['self'])
  const { captureId } = payments[1]!
  expect(await infos({ transaction_id: captureId })).toMatchObject([{ transaction_id: captureId }])
  for (const filter of ['transaction_type=T1107', 'transaction_status=D', 'transaction_currency=EUR'])
    expect(await infos(Object.fromEntries([filter.split('=')]))).toEqual([])
  expect((await search()).transaction_details[0].payer_info).toBeUndefined()
})

test('a range of more than 31 days, a wrong or missing date and odd pages are refused', async () => {
  const late = iso(START + 31 * 86_400_000 + 1000)
  const start = iso(START)
  for (const query of [
    `start_date=${start}&end_date=${late}`,
    `start_date=${start}`,
    `start_date=2031-03-01&end_date=${late}`,
    `start_date=${late}&end_date=${start}`,
    `start_date=${start}&end_date=${start}&page_size=501`,
    `start_date=${start}&end_date=${start}&page=0`,
  ]) {
    const { status, body } = await paypal.call('GET', `/v1/reporting/transactions?${query}`)
    expect([query, status]).toEqual([query, 400])
    assertPayPalResponse('search_transactions', status, body)
  }
})

test('the search meets ordered faults like every call', async () => {
  await paypal.fault('search_transactions', 'rate_limit')
  expect((await paypal.call('GET', '/v1/reporting/transactions')).status).toBe(429)
})
