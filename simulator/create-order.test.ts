import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MERCHANT, newId, orderBody, startDriver, type Driver, type Json } from './test-driver'

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

describe('access', () => {
  test("wrong credentials get OAuth's envelope, a missing bearer token the REST one, each with a debug id", async () => {
    const wrong = await paypal.call('POST', '/v1/oauth2/token', {
      headers: { authorization: 'Basic eDp5' },
      body: 'grant_type=client_credentials',
    })
    expect(wrong.status).toBe(401)
    expect(wrong.body.error).toBe('invalid_client')
    expect(wrong.headers.get('paypal-debug-id')).toBeTruthy()
    const anonymous = await paypal.call('GET', '/v2/checkout/orders/X', {
      headers: { authorization: '' },
    })
    expect(anonymous.status).toBe(401)
    expect(anonymous.body).toMatchObject({
      name: 'AUTHENTICATION_FAILURE',
      debug_id: anonymous.headers.get('paypal-debug-id'),
    })
  })

  test('a token dies after nine hours', async () => {
    const { body } = await paypal.create()
    await paypal.control('POST', '/clock', { advanceSeconds: 32_401 })
    expect((await paypal.call('GET', `/v2/checkout/orders/${body.id}`)).status).toBe(401)
    await paypal.token()
  })
})

describe('creating an order', () => {
  test('with payment_source it needs the buyer and links payer-action', async () => {
    const { status, body } = await paypal.create()
    expect(status).toBe(201)
    expect(body.id).toMatch(/^[A-Z0-9]{17}$/)
    expect(body.status).toBe('PAYER_ACTION_REQUIRED')
    expect(rels(body)).toEqual(['self', 'payer-action'])
    expect(body.purchase_units).toBeUndefined()
  })

  test('without payment_source it is created and links approve', async () => {
    const { payment_source: _source, ...plain } = orderBody()
    const { body } = await paypal.create(plain)
    expect(body.status).toBe('CREATED')
    expect(rels(body)).toEqual(['self', 'approve', 'update', 'capture'])
  })

  test('the whole order names the seller as payee', async () => {
    const { body } = await paypal.call('POST', '/v2/checkout/orders', {
      body: orderBody(),
      requestId: newId(),
      prefer: 'representation',
    })
    expect(body.purchase_units[0].payee).toEqual({ merchant_id: MERCHANT })
    expect(body.payer).toBeUndefined()
  })

  test('payment_source without PayPal-Request-Id is refused', async () => {
    const { status, body } = await paypal.call('POST', '/v2/checkout/orders', {
      body: orderBody(),
    })
    expect([status, issuesOf(body)]).toEqual([400, ['PAYPAL_REQUEST_ID_REQUIRED']])
  })

  test('text that is no JSON, and a body of another type, are refused', async () => {
    const malformed = await paypal.call('POST', '/v2/checkout/orders', {
      body: '{',
      requestId: newId(),
    })
    expect([malformed.status, issuesOf(malformed.body)]).toEqual([400, ['MALFORMED_REQUEST_JSON']])
    const form = await paypal.call('POST', '/v2/checkout/orders', {
      headers: { 'content-type': 'text/plain' },
      body: orderBody(),
    })
    expect(form.status).toBe(415)
  })

  const usd = (value: string) => ({ currency_code: 'USD', value })
  const item = { name: 'Print', quantity: '3', unit_amount: usd('10.00') }
  const cases: [string, number, string, object][] = [
    ['a missing amount', 400, 'MISSING_REQUIRED_PARAMETER', { amount: undefined }],
    ['an amount that is no number', 400, 'INVALID_PARAMETER_SYNTAX', { amount: usd('12,50') }],
    [
      'a quantity of nought',
      400,
      'INVALID_PARAMETER_SYNTAX',
      { amount: usd('1'), items: [{ ...item, quantity: '0' }] },
    ],
    [
      'a name of 128 letters',
      400,
      'INVALID_STRING_LENGTH',
      { amount: usd('1'), items: [{ ...item, name: 'x'.repeat(128) }] },
    ],
    ['an invoice id of 128 letters', 400, 'INVALID_STRING_LENGTH', { invoice_id: 'x'.repeat(128) }],
    ['a country that is no code', 400, 'INVALID_COUNTRY_CODE', { shipping: { address: { country_code: 'usa' } } }],
    [
      'a currency PayPal does not take',
      422,
      'INVALID_CURRENCY_CODE',
      { amount: { currency_code: 'KRW', value: '10' }, items: [] },
    ],
    ['cents of a cent', 422, 'DECIMAL_PRECISION', { amount: usd('1.005'), items: [] }],
    [
      'decimals of a yen',
      422,
      'DECIMALS_NOT_SUPPORTED',
      { amount: { currency_code: 'JPY', value: '10.5' }, items: [] },
    ],
    ['nothing to pay', 422, 'CANNOT_BE_ZERO_OR_NEGATIVE', { amount: usd('0.00'), items: [] }],
    [
      "a sum that is not the parts'",
      422,
      'AMOUNT_MISMATCH',
      { amount: { ...usd('31.00'), breakdown: { item_total: usd('30.00') } }, items: [item] },
    ],
    [
      'items that do not add up',
      422,
      'ITEM_TOTAL_MISMATCH',
      { amount: { ...usd('29.00'), breakdown: { item_total: usd('29.00') } }, items: [item] },
    ],
    ['items without their total', 422, 'ITEM_TOTAL_REQUIRED', { amount: usd('30.00'), items: [item] }],
    [
      'two currencies',
      422,
      'MULTI_CURRENCY_ORDER',
      {
        amount: {
          ...usd('30.00'),
          breakdown: { item_total: { currency_code: 'EUR', value: '30.00' } },
        },
        items: [],
      },
    ],
    [
      'an address without postal code',
      422,
      'POSTAL_CODE_REQUIRED',
      { shipping: { address: { admin_area_2: 'Kiel', country_code: 'DE' } } },
    ],
  ]
  test.each(cases)('%s is refused with %i %s', async (_what, status, issue, unit) => {
    const reply = await paypal.create(orderBody(unit))
    expect([reply.status, issuesOf(reply.body)]).toEqual([status, [issue]])
    expect(reply.body.details[0].field).toContain('/purchase_units/')
    expect((await paypal.control('GET', '/orders')).body.orders).toEqual([])
  })
})
