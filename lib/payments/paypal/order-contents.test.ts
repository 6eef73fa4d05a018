import { describe, expect, test } from 'vitest'

import { OrderAnswer, toPayPalOrder } from './answers'

const usd = (value: string) => ({ currency_code: 'USD', value })
const unit = {
  reference_id: 'cart',
  custom_id: 'attempt',
  invoice_id: 'CW-1',
  amount: { ...usd('103.00'), breakdown: { item_total: usd('97.00'), shipping: usd('6.00') } },
  payee: { merchant_id: 'M' },
  items: [{ name: 'Print', sku: 'P-1', quantity: '2', unit_amount: usd('48.50') }],
  shipping: { name: { full_name: 'A Buyer' }, address: { address_line_1: 'Road 1', country_code: 'US' } },
  payments: { captures: [{ id: 'C1', status: 'COMPLETED', amount: usd('103.00') }] },
}

function read(change: object, more: object = {}) {
  const answer = { id: 'O1', status: 'COMPLETED', purchase_units: [{ ...unit, ...change }], ...more }
  return toPayPalOrder(OrderAnswer.parse(answer))
}

describe('what a PayPal order was for', () => {
  test('is read in full', () => {
    expect(read({}, { payer: { email_address: 'a@example.com' } }).contents).toEqual({
      referenceId: 'cart',
      invoiceId: 'CW-1',
      payerEmail: 'a@example.com',
      address: { name: 'A Buyer', line1: 'Road 1', line2: '', city: '', region: '', postalCode: '', country: 'US' },
      items: [{ name: 'Print', sku: 'P-1', quantity: 2, unitPriceMinor: 4850 }],
      parts: { itemsMinor: 9700, discountMinor: 0, deliveryMinor: 600, addedTaxMinor: 0 },
    })
  })

  test.each<[string, object, object]>([
    ['items of another shape', { items: [{ name: 'Print' }] }, { items: null }],
    [
      'items in another currency',
      { items: [{ ...unit.items[0], unit_amount: { currency_code: 'EUR', value: '1.00' } }] },
      { items: null },
    ],
    ['a price with too many decimals', { items: [{ ...unit.items[0], unit_amount: usd('1.005') }] }, { items: null }],
    [
      'a part that we never send',
      { amount: { ...unit.amount, breakdown: { handling: usd('1.00') } } },
      { parts: null },
    ],
    ['a breakdown of another shape', { amount: { ...unit.amount, breakdown: 'none' } }, { parts: null }],
    ['no breakdown', { amount: usd('103.00') }, { parts: null }],
    ['an address of another shape', { shipping: { address: 'Road 1' } }, { address: null }],
    ['a reference that is no text', { reference_id: 7 }, { referenceId: null }],
  ])('%s is left out, and the payment stays readable', (_what, change, expected) => {
    const order = read(change)
    expect(order.contents).toMatchObject(expected)
    expect(order).toMatchObject({
      amount: { minor: 10_300 },
      captures: [{ paypalCaptureId: 'C1', status: 'COMPLETED' }],
    })
  })
})
