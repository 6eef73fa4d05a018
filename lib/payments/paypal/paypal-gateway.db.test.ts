import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import type { PayPalOrderDraft } from '@/lib/domain/payment-gateway'
import { runInTransactionScope } from '@/lib/runtime/transaction-scope'
import { assertPayPalRequest, isDescribed } from '@/simulator/openapi-contract'
import { SIMULATOR_ACCOUNT, startTestPayPal, type TestPayPal } from '@/testing/test-paypal'

import { createPayPalGateway } from './paypal-gateway'

let paypal: TestPayPal

beforeAll(async () => {
  paypal = await startTestPayPal()
})
afterAll(() => paypal.close())
beforeEach(() => paypal.forgetRequests())

const account = () => ({ baseUrl: paypal.url, ...SIMULATOR_ACCOUNT })
const gateway = () => createPayPalGateway(account())
/** Gives up soon, for what never answers; a slow machine is not to be taken for that. */
const impatient = () => createPayPalGateway(account(), { readMs: 700, writeMs: 700 })

function draft(change: Partial<PayPalOrderDraft> = {}): PayPalOrderDraft {
  const attemptId = randomUUID()
  return {
    attemptId,
    cartId: randomUUID(),
    invoiceId: `CW-${attemptId}`,
    brandName: 'Plotterhouse',
    currency: 'USD',
    lines: [{ name: 'Contour No. 14', description: 'Size: A3', sku: 'C-14', quantity: 2, unitPriceMinor: 4850 }],
    itemsMinor: 9700,
    discountMinor: 0,
    deliveryMinor: 600,
    addedTaxMinor: 861,
    totalMinor: 11_161,
    address: {
      name: 'A Buyer',
      line1: '1 Market Street',
      line2: '',
      city: 'San Francisco',
      region: 'CA',
      postalCode: '94105',
      country: 'US',
    },
    returnUrl: 'http://localhost:3000/checkout/return',
    cancelUrl: 'http://localhost:3000/checkout/cancel',
    ...change,
  }
}

async function created(client = gateway(), order = draft()) {
  const outcome = await client.createOrder(order, `c-${order.attemptId}`)
  if (outcome.kind !== 'created') throw new Error(JSON.stringify(outcome))
  return outcome.paypalOrderId
}

describe('speaking to PayPal', () => {
  test('every request that is sent satisfies PayPal’s own description of its API', async () => {
    const client = gateway()
    const id = await created(client)
    await paypal.approve(id)
    await client.getOrder(id)
    const captured = await client.captureOrder(id, 'k-1')
    if (captured.kind !== 'captured') throw new Error(captured.kind)
    const amount = { minor: 11_161, currency: 'USD' as const }
    const { paypalCaptureId } = captured.capture
    await client.refundCapture({ reference: randomUUID(), paypalCaptureId, amount, noteToPayer: 'Sorry' }, 'r-1')
    const sent = (await paypal.requests()).filter((request) => request.operation !== 'token')
    expect(sent.map((request) => request.operation)).toEqual(['create_order', 'get_order', 'capture', 'refund'])
    for (const { operation, body } of sent) {
      if (isDescribed(operation)) assertPayPalRequest(operation, body)
    }
  })

  test('an order tells what it was for, as it was asked for', async () => {
    const order = draft()
    const seen = await gateway().getOrder(await created(gateway(), order))
    expect(seen).toMatchObject({
      order: {
        contents: {
          referenceId: order.cartId,
          invoiceId: order.invoiceId,
          address: order.address,
          items: [{ name: 'Contour No. 14', sku: 'C-14', quantity: 2, unitPriceMinor: 4850 }],
          parts: { itemsMinor: 9700, discountMinor: 0, deliveryMinor: 600, addedTaxMinor: 861 },
        },
      },
    })
  })

  test('the list of transactions tells payments, refunds and what was taken back', async () => {
    const client = gateway()
    const order = draft()
    const id = await created(client, order)
    await paypal.approve(id)
    const captured = await client.captureOrder(id, 'k-list')
    if (captured.kind !== 'captured') throw new Error(captured.kind)
    const { paypalCaptureId, feeMinor } = captured.capture
    await paypal.refundOnSite(paypalCaptureId, '1.00')
    await paypal.reverseCapture(paypalCaptureId, '2.00')
    const now = Date.now()
    const listed = await client.listTransactions({ from: new Date(now - 60_000), to: new Date(now + 60_000) })
    if (listed.kind !== 'listed') throw new Error(listed.kind)
    const own = listed.transactions.filter((each) => [each.transactionId, each.referenceId].includes(paypalCaptureId))
    const usd = (minor: number) => ({ minor, currency: 'USD' })
    expect(own).toMatchObject([
      {
        kind: 'payment',
        status: 'completed',
        amount: usd(11_161),
        isCredit: true,
        feeMinor,
        customId: order.attemptId,
      },
      { kind: 'refund', status: 'completed', amount: usd(100), isCredit: false, referenceId: paypalCaptureId },
      { kind: 'reversal', status: 'completed', amount: usd(200), isCredit: false, referenceId: paypalCaptureId },
    ])
    expect(own[0]).toMatchObject({ invoiceId: order.invoiceId })
  })

  test('a currency without decimals is sent without decimals', async () => {
    const line = { name: 'Card', description: '', sku: 'K', quantity: 3, unitPriceMinor: 700 }
    const yen = draft({
      currency: 'JPY',
      lines: [line],
      itemsMinor: 2100,
      deliveryMinor: 500,
      addedTaxMinor: 0,
      totalMinor: 2600,
    })
    const seen = await gateway().getOrder(await created(gateway(), yen))
    expect(seen).toMatchObject({ kind: 'found', order: { amount: { minor: 2600, currency: 'JPY' } } })
  })

  test('a look at an order tells amount, payee and the attempt it belongs to', async () => {
    const order = draft()
    const id = await created(gateway(), order)
    expect(await gateway().getOrder(id)).toMatchObject({
      kind: 'found',
      order: {
        status: 'PAYER_ACTION_REQUIRED',
        customId: order.attemptId,
        amount: { minor: 11_161, currency: 'USD' },
        payeeMerchantId: SIMULATOR_ACCOUNT.merchantId,
        captures: [],
      },
    })
  })

  test('many callers at once share one access token', async () => {
    const client = gateway()
    await Promise.all(Array.from({ length: 8 }, () => client.getOrder('NOSUCHORDER')))
    const tokens = (await paypal.requests()).filter((request) => request.operation === 'token')
    expect(tokens).toHaveLength(1)
  })

  test('after a 401 the token is renewed once and the call repeated under the same key', async () => {
    const client = gateway()
    const id = await created(client)
    await paypal.approve(id)
    await paypal.fault('capture', 'unauthorized')
    expect(await client.captureOrder(id, 'k-401')).toMatchObject({ kind: 'captured' })
    const captures = (await paypal.requests()).filter((request) => request.operation === 'capture')
    expect(captures.map((request) => request.requestId)).toEqual(['k-401', 'k-401'])
  })

  test('it refuses to run inside a database transaction', async () => {
    const inside = runInTransactionScope(() => gateway().getOrder('X'))
    await expect(inside).rejects.toThrow('must not run inside a database transaction')
  })
})

describe('what an answer means', () => {
  test('the same key twice returns the same PayPal order', async () => {
    const order = draft()
    expect(await created(gateway(), order)).toBe(await created(gateway(), order))
  })

  test('capturing before approval is a definite no', async () => {
    expect(await gateway().captureOrder(await created(), 'k-early')).toMatchObject({ kind: 'not_approved' })
  })

  test('a declined instrument is a definite no, and the next key may succeed', async () => {
    const id = await created()
    await paypal.approve(id, 'declined_card')
    expect(await gateway().captureOrder(id, 'k-d-0')).toMatchObject({ kind: 'declined', issue: 'INSTRUMENT_DECLINED' })
    await paypal.approve(id)
    expect(await gateway().captureOrder(id, 'k-d-1')).toMatchObject({
      kind: 'captured',
      capture: { status: 'COMPLETED' },
    })
  })

  test('a second capture under another key says that it was captured', async () => {
    const id = await created()
    await paypal.approve(id)
    await gateway().captureOrder(id, 'k-a')
    expect(await gateway().captureOrder(id, 'k-b')).toMatchObject({ kind: 'already_captured' })
  })

  test('a PayPal order that never was is missing', async () => {
    expect(await gateway().getOrder('7XX00000XX000000X')).toMatchObject({ kind: 'missing' })
  })

  test.each(['rate_limit', 'error_before', 'error_after', 'drop_before', 'drop_after', 'hang_after', 'malformed'])(
    'a capture that meets %s is unknown, never failed',
    async (fault) => {
      const id = await created()
      await paypal.approve(id)
      await paypal.fault('capture', fault)
      const client = fault === 'hang_after' ? impatient() : gateway()
      expect(await client.captureOrder(id, `k-${fault}`)).toMatchObject({ kind: 'unknown' })
      expect(await gateway().captureOrder(id, `k-${fault}`)).toMatchObject({ kind: 'captured' })
    },
  )

  test('wrong credentials leave everything unknown', async () => {
    const client = createPayPalGateway({ ...SIMULATOR_ACCOUNT, baseUrl: paypal.url, clientSecret: 'wrong' })
    expect(await client.getOrder('X')).toMatchObject({ kind: 'unknown' })
  })
})
