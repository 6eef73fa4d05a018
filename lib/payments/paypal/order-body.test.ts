import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { CURRENCIES, currencyExponent } from '@/lib/domain/money'
import type { PayPalOrderDraft } from '@/lib/domain/payment-gateway'
import { priceCart } from '@/lib/domain/price-cart'
import { assertPayPalRequest } from '@/simulator/openapi-contract'

import { toOrderBody } from './order-body'

const BERLIN = {
  name: 'R. Example',
  line1: 'Lindenweg 7',
  line2: '',
  city: 'Berlin',
  region: '',
  postalCode: '10115',
  country: 'DE',
}

const plain: PayPalOrderDraft = {
  attemptId: '7d3c2a4e-0b1f-4c7a-9a55-3f1a2b9c8d10',
  cartId: '0c7f5f0e-54a5-4a57-8d2c-0a2f1a6e5b11',
  invoiceId: 'CW-7d3c2a4e',
  brandName: 'Shop',
  currency: 'USD',
  lines: [{ name: 'Print', description: 'Size: A3', sku: 'P-1', quantity: 2, unitPriceMinor: 4850 }],
  itemsMinor: 9700,
  discountMinor: 0,
  deliveryMinor: 600,
  addedTaxMinor: 0,
  totalMinor: 10_300,
  address: BERLIN,
  returnUrl: 'https://shop.example/checkout/return',
  cancelUrl: 'https://shop.example/checkout/cancel',
}

const line = fc.record({
  variantId: fc.integer({ min: 1, max: 10_000 }),
  unitPriceMinor: fc.integer({ min: 0, max: 1_000_000 }),
  quantity: fc.integer({ min: 1, max: 99 }),
  name: fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme', size: 'max' }),
  sku: fc.string({ minLength: 1, maxLength: 200 }),
  description: fc.string({ maxLength: 200, unit: 'grapheme' }),
})

/** Drafts as the shop makes them: priced by `priceCart`, tax handed on only when it is added. */
const draft: fc.Arbitrary<PayPalOrderDraft> = fc
  .record({
    currency: fc.constantFrom(...CURRENCIES),
    lines: fc.array(line, { minLength: 1, maxLength: 50 }),
    discounts: fc.array(
      fc.record({
        label: fc.constant('Offer'),
        of: fc.constantFrom('goods' as const, 'delivery' as const),
        amountMinor: fc.nat(5_000_000),
      }),
      { maxLength: 2 },
    ),
    delivery: fc.record({
      methodId: fc.constant(1),
      name: fc.constant('Standard'),
      estimate: fc.constant('3 to 5 working days'),
      priceMinor: fc.nat(100_000),
    }),
    tax: fc.option(
      fc.record({
        label: fc.constant('Tax'),
        ratePpm: fc.nat(300_000),
        pricesInclude: fc.boolean(),
        appliesToDelivery: fc.boolean(),
      }),
    ),
  })
  .map((input) => {
    const { taxIncluded, taxMinor, ...priced } = priceCart(input)
    return { ...plain, ...priced, addedTaxMinor: taxIncluded ? 0 : taxMinor }
  })

const unitOf = (order: PayPalOrderDraft) => {
  const [unit] = toOrderBody(order).purchase_units
  if (!unit) throw new Error('an order body has one purchase unit')
  return unit
}

/** A decimal as PayPal's arithmetic sees it: exact, absent is 0. */
const exact = (amount: { value: string } | undefined) => BigInt((amount?.value ?? '0').replace('.', ''))

test('every order of the shop is one that PayPal’s description of its API lets in', () => {
  fc.assert(fc.property(draft, (order) => assertPayPalRequest('create_order', toOrderBody(order))))
})

/** ITEM_TOTAL_MISMATCH and AMOUNT_MISMATCH of developer.paypal.com/docs/api/orders/v2, on the texts that are sent. */
describe("PayPal's arithmetic", () => {
  test('item_total is the sum of unit_amount x quantity', () => {
    fc.assert(
      fc.property(draft, (order) => {
        const { items, amount } = unitOf(order)
        const sum = items.reduce((total, item) => total + exact(item.unit_amount) * BigInt(item.quantity), 0n)
        expect(exact(amount.breakdown.item_total)).toBe(sum)
      }),
    )
  })

  test('amount is item_total + shipping + tax_total - discount', () => {
    fc.assert(
      fc.property(draft, (order) => {
        const { amount } = unitOf(order)
        const { item_total, shipping, tax_total, discount } = amount.breakdown
        expect(exact(amount)).toBe(exact(item_total) + exact(shipping) + exact(tax_total) - exact(discount))
      }),
    )
  })

  test('every amount is in the one currency, with exactly its decimals and no sign', () => {
    fc.assert(
      fc.property(draft, (order) => {
        const { items, amount } = unitOf(order)
        const digits = currencyExponent(order.currency)
        const shape = digits === 0 ? /^\d+$/ : new RegExp(`^\\d+\\.\\d{${digits}}$`)
        for (const sent of [amount, ...Object.values(amount.breakdown), ...items.map((item) => item.unit_amount)]) {
          expect(sent.currency_code).toBe(order.currency)
          expect(sent.value).toMatch(shape)
        }
      }),
    )
  })

  test('tax stands in the breakdown alone, where no rounding per item can contradict it', () => {
    const { items, amount } = unitOf({ ...plain, addedTaxMinor: 861, totalMinor: 11_161 })
    expect(amount.breakdown.tax_total).toEqual({ currency_code: 'USD', value: '8.61' })
    for (const item of items) expect(item).not.toHaveProperty('tax')
  })

  test('tax that prices contain and a discount that was not granted are not mentioned', () => {
    expect(Object.keys(unitOf(plain).amount.breakdown)).toEqual(['item_total', 'shipping'])
  })
})

describe('texts', () => {
  test('names, descriptions and SKUs have 1 to 127 characters and never half a character', () => {
    fc.assert(
      fc.property(draft, (order) => {
        for (const { name, sku, description = '-' } of unitOf(order).items) {
          for (const text of [name, sku, description]) {
            expect(text.length).toBeGreaterThan(0)
            expect(text.length).toBeLessThanOrEqual(127)
            expect(text.isWellFormed()).toBe(true)
          }
        }
      }),
    )
  })

  test('a text is cut before a character that would be cut in two', () => {
    const name = `${'x'.repeat(125)}\u{1f5bc}\u{1f5bc}`
    const [item] = unitOf({ ...plain, lines: [{ ...plain.lines[0]!, name }] }).items
    expect(item?.name).toBe(`${'x'.repeat(125)}…`)
  })

  test('a text of 127 characters is sent whole', () => {
    const sku = 'S'.repeat(127)
    const [item] = unitOf({ ...plain, lines: [{ ...plain.lines[0]!, sku }] }).items
    expect(item?.sku).toBe(sku)
  })
})

describe('what the buyer can and cannot change', () => {
  test('the address is the one that was priced, and money moves only when the shop asks for it', () => {
    const body = toOrderBody(plain)
    expect(body.intent).toBe('CAPTURE')
    expect(body).not.toHaveProperty('processing_instruction')
    expect(body.payment_source.paypal.experience_context.shipping_preference).toBe('SET_PROVIDED_ADDRESS')
  })

  test('the payment carries the ids of its attempt and its cart', () => {
    const { attemptId, cartId, invoiceId } = plain
    expect(unitOf(plain)).toMatchObject({ custom_id: attemptId, reference_id: cartId, invoice_id: invoiceId })
  })

  test('parts that an address does not have are left out rather than sent empty', () => {
    expect(unitOf(plain).shipping).toEqual({
      name: { full_name: 'R. Example' },
      address: {
        address_line_1: 'Lindenweg 7',
        admin_area_2: 'Berlin',
        postal_code: '10115',
        country_code: 'DE',
      },
    })
  })
})
