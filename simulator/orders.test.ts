import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MERCHANT, orderBody, startDriver, type Driver, type Json } from './test-driver'

let paypal: Driver
beforeAll(async () => {
  paypal = await startDriver()
})
beforeEach(async () => {
  await paypal.control('POST', '/reset')
})
afterAll(() => paypal.close())

const issuesOf = (body: Json): string[] => body.details.map((detail: Json) => detail.issue)
const rels = (body: Json): string[] => body.links.map((link: Json) => link.rel)
const ledger = async () => (await paypal.control('GET', '/ledger')).body.entries as Json[]

describe('approving and capturing', () => {
  test('an approved order is captured once and booked once, with fee and payer', async () => {
    const { orderId, captureId } = await paypal.pay(orderBody({ invoice_id: 'INV-1' }))
    const order = (await paypal.call('GET', `/v2/checkout/orders/${orderId}`)).body
    expect(order).toMatchObject({ status: 'COMPLETED', payer: { payer_id: 'BUYER2SAMPLE3' } })
    const capture = (await paypal.call('GET', `/v2/payments/captures/${captureId}`)).body
    expect(capture).toMatchObject({
      status: 'COMPLETED',
      amount: { value: '42.50' },
      invoice_id: 'INV-1',
      seller_receivable_breakdown: {
        paypal_fee: { value: '1.97' },
        net_amount: { value: '40.53' },
      },
      supplementary_data: { related_ids: { order_id: orderId } },
    })
    expect(await ledger()).toMatchObject([
      {
        seq: 1,
        kind: 'capture',
        orderId,
        captureId,
        amountMinor: 4250,
        currency: 'USD',
        payeeMerchantId: MERCHANT,
        status: 'COMPLETED',
      },
    ])
    const again = await paypal.capture(orderId)
    expect([again.status, issuesOf(again.body)]).toEqual([422, ['ORDER_ALREADY_CAPTURED']])
    expect(await ledger()).toHaveLength(1)
  })

  test("an order that nobody approved can't be captured", async () => {
    const { body } = await paypal.create()
    const reply = await paypal.capture(body.id)
    expect([reply.status, issuesOf(reply.body)]).toEqual([422, ['ORDER_NOT_APPROVED']])
  })

  test('a declined card leaves the order approvable, and another card then pays it', async () => {
    const { id } = (await paypal.create()).body
    await paypal.approve(id, 'declined_card')
    const declined = await paypal.capture(id, 'first-try')
    expect([declined.status, issuesOf(declined.body), rels(declined.body)]).toEqual([
      422,
      ['INSTRUMENT_DECLINED'],
      ['redirect'],
    ])
    expect((await paypal.call('GET', `/v2/checkout/orders/${id}`)).body.status).toBe('PAYER_ACTION_REQUIRED')
    expect(issuesOf((await paypal.capture(id)).body)).toEqual(['ORDER_NOT_APPROVED'])
    await paypal.approve(id)
    expect(issuesOf((await paypal.capture(id, 'first-try')).body)).toEqual(['INSTRUMENT_DECLINED'])
    expect((await paypal.capture(id, 'second-try')).status).toBe(201)
    expect(await ledger()).toHaveLength(1)
  })

  test('an invoice id that was paid before is refused at the capture', async () => {
    await paypal.pay(orderBody({ invoice_id: 'INV-7' }))
    const { id } = (await paypal.create(orderBody({ invoice_id: 'INV-7' }))).body
    await paypal.approve(id)
    expect(issuesOf((await paypal.capture(id)).body)).toEqual(['DUPLICATE_INVOICE_ID'])
    expect(await ledger()).toHaveLength(1)
  })

  test('a pending capture says why, holds no money, and is completed or denied later', async () => {
    const [first, second] = [await paypal.pay(orderBody(), 'pending'), await paypal.pay(orderBody(), 'pending')]
    const pending = (await paypal.call('GET', `/v2/payments/captures/${first.captureId}`)).body
    expect(pending).toMatchObject({ status: 'PENDING', status_details: { reason: 'ECHECK' } })
    expect(pending.seller_receivable_breakdown).toBeUndefined()
    expect((await paypal.control('POST', `/captures/${first.captureId}/complete`)).body.status).toBe('COMPLETED')
    expect((await paypal.control('POST', `/captures/${second.captureId}/deny`)).body.status).toBe('DECLINED')
    expect((await paypal.control('POST', `/captures/${second.captureId}/complete`)).status).toBe(409)
    expect((await ledger()).map((entry) => [entry.kind, entry.status])).toEqual([
      ['capture', 'PENDING'],
      ['capture', 'PENDING'],
      ['capture_completed', 'COMPLETED'],
      ['capture_denied', 'DECLINED'],
    ])
  })

  test('a shop that insists on immediate payment gets a review instead of an eCheck', async () => {
    const { captureId } = await paypal.pay(
      orderBody({}, { payment_method_preference: 'IMMEDIATE_PAYMENT_REQUIRED' }),
      'pending',
    )
    expect((await paypal.call('GET', `/v2/payments/captures/${captureId}`)).body.status_details.reason).toBe(
      'PENDING_REVIEW',
    )
  })

  test('a capture can be declined although the order completes', async () => {
    const { orderId } = await paypal.pay(orderBody(), 'declined_capture')
    const order = (await paypal.call('GET', `/v2/checkout/orders/${orderId}`)).body
    expect([order.status, order.purchase_units[0].payments.captures[0].status]).toEqual(['COMPLETED', 'DECLINED'])
  })

  test('three hours after creation, and again after approval, the order is gone', async () => {
    const { id } = (await paypal.create()).body
    await paypal.control('POST', '/clock', { advanceSeconds: 2.9 * 3600 })
    expect((await paypal.approve(id)).status).toBe(200)
    await paypal.control('POST', '/clock', { advanceSeconds: 2.9 * 3600 })
    expect((await paypal.call('GET', `/v2/checkout/orders/${id}`)).body.status).toBe('APPROVED')
    await paypal.control('POST', '/clock', { advanceSeconds: 0.2 * 3600 })
    const gone = await paypal.capture(id)
    expect([gone.status, issuesOf(gone.body)]).toEqual([404, ['INVALID_RESOURCE_ID']])
    expect((await paypal.approve(id)).status).toBe(404)
  })

  test('tampering changes amount, currency and payee, and the capture follows', async () => {
    const { id } = (await paypal.create()).body
    await paypal.approve(id)
    await paypal.control('POST', `/orders/${id}`, {
      amountValue: '1.00',
      currency: 'EUR',
      payeeMerchantId: 'THEFT22222222',
    })
    expect((await paypal.capture(id)).status).toBe(201)
    expect((await ledger())[0]).toMatchObject({
      amountMinor: 100,
      currency: 'EUR',
      payeeMerchantId: 'THEFT22222222',
    })
  })
})

describe('updating an order', () => {
  const path = (field: string) => `/purchase_units/@reference_id=='default'/${field}`
  const patch = (id: string, body: unknown) => paypal.call('PATCH', `/v2/checkout/orders/${id}`, { body })

  test("fields that may change are changed without an answer's body", async () => {
    const { id } = (await paypal.create()).body
    const reply = await patch(id, [{ op: 'add', path: path('invoice_id'), value: 'INV-9' }])
    expect([reply.status, reply.body]).toEqual([204, ''])
    expect((await paypal.call('GET', `/v2/checkout/orders/${id}`)).body.purchase_units[0].invoice_id).toBe('INV-9')
  })

  test('an amount that breaks the sums, a foreign field and a paid order are refused', async () => {
    const { id } = (await paypal.create()).body
    const wrong = await patch(id, [
      { op: 'replace', path: path('amount'), value: { currency_code: 'USD', value: '1.00' } },
    ])
    expect(issuesOf(wrong.body)).toEqual(['ITEM_TOTAL_REQUIRED'])
    expect(issuesOf((await patch(id, [{ op: 'replace', path: '/status', value: 'COMPLETED' }])).body)).toEqual([
      'FIELD_NOT_PATCHABLE',
    ])
    const paid = await paypal.pay()
    expect(issuesOf((await patch(paid.orderId, [{ op: 'add', path: path('invoice_id'), value: 'x' }])).body)).toEqual([
      'ORDER_ALREADY_COMPLETED',
    ])
  })

  test('an amount raised after the approval needs the buyer again', async () => {
    const { id } = (await paypal.create(orderBody({ items: [], amount: { currency_code: 'USD', value: '10.00' } })))
      .body
    await paypal.approve(id)
    await patch(id, [{ op: 'replace', path: path('amount'), value: { currency_code: 'USD', value: '11.00' } }])
    expect(issuesOf((await paypal.capture(id)).body)).toEqual(['PAYER_ACTION_REQUIRED'])
    expect(await ledger()).toEqual([])
  })
})
