import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assertPayPalRequest, assertPayPalResponse, type DescribedOperation } from './openapi-contract'
import { newId, orderBody, startDriver, type Driver, type Reply } from './test-driver'

let paypal: Driver
beforeAll(async () => {
  paypal = await startDriver()
})
afterAll(() => paypal.close())

describe("every answer of the simulator is one that PayPal's description allows", () => {
  const check = (operation: DescribedOperation, reply: Reply, status: number) => {
    expect(reply.status).toBe(status)
    assertPayPalResponse(operation, reply.status, reply.body)
    expect(reply.headers.get('paypal-debug-id')).toMatch(/^\w+$/)
    return reply.body
  }
  const whole = { prefer: 'representation' as const }

  test('orders: create, repeat, show, update, capture, repeat', async () => {
    const { payment_source: _source, ...plain } = orderBody()
    for (const body of [orderBody({ invoice_id: 'I-1', soft_descriptor: 'PLOTTER', description: 'Prints' }), plain]) {
      check('create_order', await paypal.create(body), 201)
      const requestId = newId()
      const { id } = check(
        'create_order',
        await paypal.call('POST', '/v2/checkout/orders', { body, requestId, ...whole }),
        201,
      )
      check('create_order', await paypal.create(body, requestId), 200)
      check('get_order', await paypal.call('GET', `/v2/checkout/orders/${id}`), 200)
      const patch = [{ op: 'add', path: "/purchase_units/@reference_id=='default'/invoice_id", value: newId() }]
      check('patch_order', await paypal.call('PATCH', `/v2/checkout/orders/${id}`, { body: patch }), 204)
      check('capture', await paypal.capture(id), 422)
      await paypal.approve(id)
      check('get_order', await paypal.call('GET', `/v2/checkout/orders/${id}`), 200)
      check('capture', await paypal.capture(id, 'c'), 201)
      check(
        'capture',
        await paypal.call('POST', `/v2/checkout/orders/${id}/capture`, {
          body: {},
          requestId: 'c',
          ...whole,
        }),
        200,
      )
      check('get_order', await paypal.call('GET', `/v2/checkout/orders/${id}`), 200)
      check('capture', await paypal.capture(id), 422)
      check('patch_order', await paypal.call('PATCH', `/v2/checkout/orders/${id}`, { body: patch }), 422)
    }
  })

  test.each(['declined_card', 'pending', 'declined_capture'])('capture with %s', async (funding) => {
    const { id } = (await paypal.create()).body
    await paypal.approve(id, funding)
    const captured = check('capture', await paypal.capture(id), funding === 'declined_card' ? 422 : 201)
    if (funding === 'declined_card') return
    const captureId = captured.purchase_units[0].payments.captures[0].id
    check('get_capture', await paypal.call('GET', `/v2/payments/captures/${captureId}`), 200)
    check('refund', await paypal.refund(captureId), 422)
  })

  test('payments: show, refund, repeat, refuse, show the refund', async () => {
    const { orderId, captureId } = await paypal.pay(orderBody({ invoice_id: newId() }))
    check('get_capture', await paypal.call('GET', `/v2/payments/captures/${captureId}`), 200)
    const amount = { amount: { currency_code: 'USD', value: '1.00' }, note_to_payer: 'Sorry' }
    const requestId = newId()
    const refund = check('refund', await paypal.refund(captureId, amount, requestId), 201)
    check(
      'refund',
      await paypal.call('POST', `/v2/payments/captures/${captureId}/refund`, {
        body: amount,
        requestId,
      }),
      200,
    )
    check('refund', await paypal.refund(captureId, { amount: { currency_code: 'USD', value: '999.00' } }), 422)
    check('refund', await paypal.refund(captureId, { amount: { currency_code: 'USD', value: 'x' } }), 400)
    check('get_refund', await paypal.call('GET', `/v2/payments/refunds/${refund.id}`), 200)
    check('get_order', await paypal.call('GET', `/v2/checkout/orders/${orderId}`), 200)
  })

  test('refusals: malformed, incomplete, unbalanced, repeated with another body, not found', async () => {
    check('create_order', await paypal.call('POST', '/v2/checkout/orders', { body: '{' }), 400)
    check('create_order', await paypal.create({ intent: 'CAPTURE' }), 400)
    check('create_order', await paypal.create(orderBody({ amount: { currency_code: 'USD', value: '1.00' } })), 422)
    check(
      'create_order',
      await paypal.create(orderBody({ items: [], amount: { currency_code: 'JPY', value: '1.5' } })),
      422,
    )
    const requestId = newId()
    await paypal.create(orderBody(), requestId)
    check('create_order', await paypal.create(orderBody({ custom_id: 'other' }), requestId), 422)
    check('get_order', await paypal.call('GET', '/v2/checkout/orders/NOPE'), 404)
    check('capture', await paypal.capture('NOPE'), 404)
    check('patch_order', await paypal.call('PATCH', '/v2/checkout/orders/NOPE', { body: [] }), 404)
    check('get_capture', await paypal.call('GET', '/v2/payments/captures/NOPE'), 404)
    check('refund', await paypal.refund('NOPE'), 404)
    check('get_refund', await paypal.call('GET', '/v2/payments/refunds/NOPE'), 404)
  })

  test('faults: 429, 500 and 401', async () => {
    for (const [fault, status] of [
      ['rate_limit', 429],
      ['error_before', 500],
      ['unauthorized', 401],
    ] as const) {
      for (const operation of ['create_order', 'capture', 'refund', 'get_capture'] as const) {
        await paypal.fault(operation, fault)
        const reply = {
          create_order: () => paypal.create(),
          capture: () => paypal.capture('X'),
          refund: () => paypal.refund('X'),
          get_capture: () => paypal.call('GET', '/v2/payments/captures/X'),
        }[operation]
        check(operation, await reply(), status)
        await paypal.token()
      }
    }
  })
})

describe("requests are held against PayPal's description", () => {
  test('bodies as the documentation shows them pass', () => {
    assertPayPalRequest('create_order', orderBody())
    assertPayPalRequest('capture', {})
    assertPayPalRequest('capture', null)
    assertPayPalRequest('refund', { amount: { currency_code: 'USD', value: '1.00' } })
    assertPayPalRequest('patch_order', [{ op: 'replace', path: '/x', value: 1 }])
    assertPayPalRequest('get_order', null)
  })

  test.each([
    ['a missing intent', { ...orderBody(), intent: undefined }, /intent/],
    ['an unknown intent', { ...orderBody(), intent: 'FOO' }, /intent/],
    ['no purchase units', { ...orderBody(), purchase_units: [] }, /purchase_units/],
    ['a value that is a number', orderBody({ amount: { currency_code: 'USD', value: 12.5 } }), /value/],
    [
      'an item without quantity',
      orderBody({ items: [{ name: 'x', unit_amount: { currency_code: 'USD', value: '1.00' } }] }),
      /quantity/,
    ],
    ['a misspelt field', orderBody({ invoice: '1' }), /\/purchase_units\/0\/invoice is not a field/],
    [
      'a misspelt field deep inside',
      orderBody({}, { returnUrl: 'https://shop.example' }),
      /experience_context\/returnUrl is not a field/,
    ],
  ])('%s is caught', (_what, body, message) => {
    expect(() => assertPayPalRequest('create_order', body)).toThrow(message)
  })

  test("a body where none belongs, and an answer that is none of PayPal's, are caught", () => {
    expect(() => assertPayPalRequest('get_order', {})).toThrow('takes no body')
    expect(() => assertPayPalResponse('create_order', 201, { id: 'X', status: 'PAID', links: [] })).toThrow('status')
    expect(() => assertPayPalResponse('capture', 422, { name: 'UNPROCESSABLE_ENTITY' })).toThrow('message')
    const message =
      'The requested action could not be performed, semantically incorrect, or failed business validation.'
    const invented = {
      name: 'UNPROCESSABLE_ENTITY',
      message,
      debug_id: 'x',
      details: [{ issue: 'NO_SUCH_ISSUE' }],
    }
    expect(() => assertPayPalResponse('capture', 422, invented)).toThrow(
      '/issues/0/issue must be equal to one of the allowed values',
    )
  })
})
