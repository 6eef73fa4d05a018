import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { CURRENCIES } from './money'
import { invoiceId } from './invoice-id'
import type { PayPalCapture, PayPalOrder, PayPalOrderContents } from './payment-gateway'
import { priceCart } from './price-cart'
import { planRebuild, type KnownVariant, type RebuildFacts, type RebuildPlan } from './rebuild'

const ATTEMPT = '7d3c2a4e-0b1f-4c7a-9a55-3f1a2b9c8d10'
const CART = '0c7f5f0e-54a5-4a57-8d2c-0a2f1a6e5b11'
const BERLIN = {
  name: 'R. Example',
  line1: 'Lindenweg 7',
  line2: '',
  city: 'Berlin',
  region: '',
  postalCode: '10115',
  country: 'DE',
}

function variant(variantId: number): KnownVariant {
  return {
    variantId,
    productSlug: `p-${variantId}`,
    sku: `SKU-${variantId}`,
    options: [],
    picture: null,
    weightGrams: 100,
  }
}

const contents: PayPalOrderContents = {
  referenceId: CART,
  invoiceId: invoiceId('CW', ATTEMPT),
  payerEmail: 'Buyer@example.com',
  address: BERLIN,
  items: [{ name: 'Print', sku: 'SKU-1', quantity: 2, unitPriceMinor: 4850 }],
  parts: { itemsMinor: 9700, discountMinor: 0, deliveryMinor: 600, addedTaxMinor: 0 },
}
const amount = { minor: 10_300, currency: 'USD' } as const
const capture: PayPalCapture = {
  paypalCaptureId: 'C1',
  status: 'COMPLETED',
  amount,
  feeMinor: 400,
  customId: ATTEMPT,
  reason: null,
}
const order: PayPalOrder = {
  paypalOrderId: 'O1',
  status: 'COMPLETED',
  customId: ATTEMPT,
  amount,
  payeeMerchantId: 'MERCHANT',
  approveUrl: null,
  captures: [capture],
  refunds: [],
  contents,
}
const facts: RebuildFacts = {
  order,
  capture,
  shop: { merchantId: 'MERCHANT', invoicePrefix: 'CW' },
  variants: [variant(1)],
  deliveryMethods: [],
  tax: null,
}
const withOrder = (change: Partial<PayPalOrder>) => planRebuild({ ...facts, order: { ...order, ...change } })
const withContents = (change: Partial<PayPalOrderContents>) => withOrder({ contents: { ...contents, ...change } })

function snapshotOf(plan: RebuildPlan) {
  if (plan.kind !== 'rebuilt') throw new Error(plan.problem)
  return plan.snapshot
}

describe('an order made again from PayPal', () => {
  test('whatever was priced comes back with the same amounts and items', () => {
    const priced = fc
      .record({
        currency: fc.constantFrom(...CURRENCIES),
        lines: fc.uniqueArray(
          fc.record({
            variantId: fc.integer({ min: 1, max: 500 }),
            unitPriceMinor: fc.nat(1_000_000),
            quantity: fc.integer({ min: 1, max: 99 }),
          }),
          { minLength: 1, maxLength: 20, selector: (line) => line.variantId },
        ),
        discounts: fc.array(
          fc.record({ label: fc.constant('Offer'), of: fc.constant('goods' as const), amountMinor: fc.nat(5_000) }),
          { maxLength: 1 },
        ),
        delivery: fc.record({
          methodId: fc.constant(7),
          name: fc.constant('Post'),
          estimate: fc.constant('3 days'),
          priceMinor: fc.nat(10_000),
        }),
        tax: fc.record({
          label: fc.constant('Tax'),
          ratePpm: fc.nat(300_000),
          pricesInclude: fc.boolean(),
          appliesToDelivery: fc.boolean(),
        }),
      })
      .filter((input) => priceCart(input).totalMinor > 0)
    fc.assert(
      fc.property(priced, (input) => {
        const price = priceCart(input)
        const total = { minor: price.totalMinor, currency: price.currency }
        const snapshot = snapshotOf(
          planRebuild({
            ...facts,
            capture: { ...capture, amount: total },
            order: {
              ...order,
              amount: total,
              contents: {
                ...contents,
                items: price.lines.map(({ variantId, unitPriceMinor, quantity }) => {
                  return { name: 'Print', sku: `SKU-${variantId}`, unitPriceMinor, quantity }
                }),
                parts: {
                  itemsMinor: price.itemsMinor,
                  discountMinor: price.discountMinor,
                  deliveryMinor: price.deliveryMinor,
                  addedTaxMinor: price.taxIncluded ? 0 : price.taxMinor,
                },
              },
            },
            variants: price.lines.map(({ variantId }) => variant(variantId)),
            deliveryMethods: [
              { id: 7, name: 'Post', estimate: '3 days', rate: { kind: 'flat', priceMinor: price.deliveryMinor } },
            ],
            tax: input.tax,
          }),
        )
        const { itemsMinor, discountMinor, deliveryMinor, taxMinor, totalMinor } = price
        expect(snapshot).toMatchObject({ itemsMinor, discountMinor, deliveryMinor, taxMinor, totalMinor })
        expect(snapshot.lines.map((line) => [line.variantId, line.quantity, line.lineTotalMinor])).toEqual(
          price.lines.map((line) => [line.variantId, line.quantity, line.lineTotalMinor]),
        )
        expect(snapshot.delivery).toEqual({ methodId: 7, name: 'Post', estimate: '3 days' })
      }),
    )
  })

  test('keeps its own id and its cart’s', () => {
    expect(planRebuild(facts)).toMatchObject({ kind: 'rebuilt', attemptId: ATTEMPT, cartId: CART })
    expect(withContents({ referenceId: 'default' })).toMatchObject({ kind: 'rebuilt', cartId: null })
  })

  test('a method that cannot be told from another by its price is not guessed', () => {
    const method = (id: number) => ({
      id,
      name: `M${id}`,
      estimate: '',
      rate: { kind: 'flat', priceMinor: 600 } as const,
    })
    const plan = planRebuild({ ...facts, deliveryMethods: [method(1), method(2)] })
    expect(snapshotOf(plan).delivery.name).toBe('Delivery')
  })
})

describe('what a person must look at', () => {
  test.each<[string, RebuildPlan, string]>([
    ['ids of another form', withOrder({ customId: 'order-1' }), 'not_ours'],
    ['another invoice', withContents({ invoiceId: 'CW-1' }), 'not_ours'],
    ['the invoice of another shop', withContents({ invoiceId: invoiceId('XY', ATTEMPT) }), 'not_ours'],
    ['another payee', withOrder({ payeeMerchantId: 'OTHER' }), 'other_payee'],
    ['another amount', withOrder({ amount: { minor: 1, currency: 'USD' } }), 'amount_differs'],
    ['no items', withContents({ items: [] }), 'contents_missing'],
    ['no breakdown', withContents({ parts: null }), 'contents_missing'],
    [
      'a sum that is not the amount',
      withContents({ parts: { ...contents.parts!, deliveryMinor: 1 } }),
      'parts_do_not_add_up',
    ],
    [
      'a negative part',
      withContents({ parts: { itemsMinor: 9700, discountMinor: -600, deliveryMinor: 0, addedTaxMinor: 0 } }),
      'parts_do_not_add_up',
    ],
    ['an item that the catalogue never had', planRebuild({ ...facts, variants: [] }), 'unknown_item'],
    ['an address without a street', withContents({ address: { ...BERLIN, line1: '' } }), 'address_unusable'],
    ['nobody to write to', withContents({ payerEmail: null }), 'no_email'],
  ])('%s', (_what, plan, problem) => {
    expect(plan).toEqual({ kind: 'unusable', problem })
  })
})
