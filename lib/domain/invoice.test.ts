import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { invoiceNumber, planInvoice, type InvoiceContent, type InvoicedOrder, type PaperSeller } from './invoice'
import { parseCreditNoteNumber, planCreditNote, type CreditedRefund, type CreditNoteContent } from './credit-note'
import { priceCart } from './price-cart'
import type { TaxRate } from './tax'
import { exchange, type ExchangeRate } from './tax-currency'

const seller: PaperSeller = {
  shopName: 'Plotterhouse',
  name: 'Plotterhouse Ltd',
  addressLines: ['1 Example Street'],
  email: 'orders@shop.example',
  taxId: '',
}
const vat: TaxRate = {
  country: 'DE',
  region: null,
  label: 'VAT 19 %',
  ratePpm: 190_000,
  pricesInclude: true,
  appliesToDelivery: true,
}
const salesTax: TaxRate = {
  country: 'US',
  region: 'CA',
  label: 'Sales tax 7.25 %',
  ratePpm: 72_500,
  pricesInclude: false,
  appliesToDelivery: false,
}

const inKoruny: ExchangeRate = { currency: 'CZK', since: '2030-03-01', perUnitMicro: 24_312_500 }

interface Bought {
  readonly lines: readonly { unitPriceMinor: number; quantity: number }[]
  readonly discountMinor: number
  readonly deliveryMinor: number
  readonly tax: TaxRate | null
}

/** Priced as any order is: by the one function that does. */
function ordered({ lines, discountMinor, deliveryMinor, tax }: Bought): InvoicedOrder {
  const priced = priceCart({
    currency: 'EUR',
    lines: lines.map((line, variantId) => ({ ...line, variantId })),
    discounts: [{ discountId: 1, code: 'LESS', label: 'Less', of: 'goods', amountMinor: discountMinor }],
    delivery: { methodId: 1, name: 'Post', estimate: '3 days', priceMinor: deliveryMinor },
    tax,
  })
  return {
    ...priced,
    orderNumber: '7K4MQ-2XTVH',
    placedAt: new Date('2030-03-03T12:00:00Z'),
    deliveryName: 'Post',
    items: priced.lines.map(({ variantId, ...line }) => ({
      ...line,
      productName: `Work ${variantId}`,
      productSlug: 'work',
      sku: `W-${variantId}`,
      options: [],
      picture: null,
    })),
    total: { minor: priced.totalMinor, currency: 'EUR' },
    paypalCaptureId: 'CAPTURE',
  }
}

const bought = fc.record({
  lines: fc.array(
    fc.record({ unitPriceMinor: fc.integer({ min: 1, max: 90_000 }), quantity: fc.integer({ min: 1, max: 20 }) }),
    { minLength: 1, maxLength: 8 },
  ),
  discountMinor: fc.integer({ min: 0, max: 5_000 }),
  deliveryMinor: fc.integer({ min: 0, max: 5_000 }),
  tax: fc.constantFrom(vat, salesTax, { ...salesTax, appliesToDelivery: true }, { ...vat, ratePpm: 255_000 }, null),
})

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0)
const taxOf = ({ taxes }: InvoiceContent) => sumOf(taxes.map(({ taxMinor }) => taxMinor))

describe('an invoice', () => {
  test('adds up to the cent: nets, discount, delivery and taxes are the total, and each rate’s net is what it was taken of', () => {
    fc.assert(
      fc.property(bought, (what) => {
        const order = ordered(what)
        const invoice = planInvoice(order, seller, what.tax ? [what.tax] : [])
        const netMinor = invoice.itemsNetMinor - invoice.discountNetMinor + invoice.deliveryNetMinor
        expect(netMinor + taxOf(invoice)).toBe(order.total.minor)
        expect(sumOf(invoice.taxes.map((tax) => tax.netMinor))).toBe(netMinor)
        expect(taxOf(invoice)).toBe(order.taxMinor)
        expect(invoice.lines.every((line) => line.netMinor >= 0 && line.netMinor <= line.grossMinor)).toBe(true)
      }),
    )
  })

  test('where prices contain the tax shows what is without it', () => {
    const order = ordered({
      lines: [{ unitPriceMinor: 11_900, quantity: 2 }],
      discountMinor: 0,
      deliveryMinor: 1_190,
      tax: vat,
    })
    const invoice = planInvoice(order, seller, [vat])
    expect(invoice.discountNames).toEqual(['Less (LESS)'])
    expect(invoice.lines[0]).toMatchObject({ unitNetMinor: 10_000, netMinor: 20_000, grossMinor: 23_800 })
    expect(invoice.deliveryNetMinor).toBe(1_000)
    expect(invoice.taxes).toEqual([{ label: 'VAT 19 %', ratePpm: 190_000, netMinor: 21_000, taxMinor: 3_990 }])
  })

  test('says what of it was not taxed', () => {
    const order = ordered({
      lines: [{ unitPriceMinor: 10_000, quantity: 1 }],
      discountMinor: 0,
      deliveryMinor: 600,
      tax: salesTax,
    })
    expect(planInvoice(order, seller, [salesTax]).taxes).toEqual([
      { label: 'Sales tax 7.25 %', ratePpm: 72_500, netMinor: 10_000, taxMinor: 725 },
      { label: '', ratePpm: 0, netMinor: 600, taxMinor: 0 },
    ])
  })

  test('finds the rate in the label when the table of rates has changed since', () => {
    const order = ordered({
      lines: [{ unitPriceMinor: 10_000, quantity: 1 }],
      discountMinor: 0,
      deliveryMinor: 600,
      tax: salesTax,
    })
    const [tax] = planInvoice(order, seller, [{ ...salesTax, ratePpm: 80_000 }]).taxes
    expect(tax).toMatchObject({ ratePpm: 72_500, netMinor: 10_000 })
  })
})

describe('tax that is owed in another currency', () => {
  const what = { lines: [{ unitPriceMinor: 11_900, quantity: 1 }], discountMinor: 0, deliveryMinor: 0, tax: vat }

  test('stands on the invoice with its rate, and not where there is no tax or no rate', () => {
    expect(planInvoice(ordered(what), seller, [vat], inKoruny).taxOwed).toEqual({ ...inKoruny, taxMinor: 46_194 })
    expect(planInvoice(ordered({ ...what, tax: null }), seller, [], inKoruny)).not.toHaveProperty('taxOwed')
    expect(planInvoice(ordered(what), seller, [vat])).not.toHaveProperty('taxOwed')
  })
})

describe('credit notes', () => {
  const refundOf = (amountMinor: number, items: CreditedRefund['items'] = [], deliveryMinor = 0): CreditedRefund => ({
    amountMinor,
    deliveryMinor,
    items,
    paypalRefundId: 'REFUND',
  })
  const piece = { name: 'Work 0', sku: 'W-0', quantity: 1, amountMinor: 10_725 }
  const none = { totalMinor: 0, taxMinor: 0 }
  const linesOf = (note: CreditNoteContent) => note.lines.map(({ name, grossMinor }) => [name, grossMinor])
  const identity = { invoiceNumber: 'INV-000001', invoiceIssuedAt: '2030-03-03T12:00:00.000Z' }

  test('take back the whole tax of an invoice once all of its money is back, in however many parts', () => {
    fc.assert(
      fc.property(bought, fc.array(fc.integer({ min: 1, max: 60_000 }), { maxLength: 6 }), (what, parts) => {
        const order = ordered(what)
        const invoice = planInvoice(order, seller, what.tax ? [what.tax] : [], inKoruny)
        let earlier = { totalMinor: 0, taxMinor: 0 }
        let owedMinor = 0
        const give = (amountMinor: number) => {
          const note = planCreditNote(invoice, identity, refundOf(amountMinor), earlier)
          expect(note.netMinor + note.taxMinor).toBe(amountMinor)
          expect(note.taxMinor).toBeGreaterThanOrEqual(0)
          earlier = { totalMinor: earlier.totalMinor + amountMinor, taxMinor: earlier.taxMinor + note.taxMinor }
          owedMinor += note.taxOwed?.taxMinor ?? 0
        }
        for (const part of parts) if (earlier.totalMinor + part < order.total.minor) give(part)
        if (earlier.totalMinor < order.total.minor) give(order.total.minor - earlier.totalMinor)
        expect(earlier).toEqual({ totalMinor: order.total.minor, taxMinor: order.taxMinor })
        expect(owedMinor).toBe(exchange(order.taxMinor, 'EUR', inKoruny))
      }),
    )
  })

  test('of pieces take back the tax that was on them, and not on a delivery that bore none', () => {
    const order = ordered({
      lines: [{ unitPriceMinor: 10_000, quantity: 2 }],
      discountMinor: 0,
      deliveryMinor: 600,
      tax: salesTax,
    })
    const note = planCreditNote(planInvoice(order, seller, [salesTax]), identity, refundOf(11_325, [piece], 600), none)
    expect(note).toMatchObject({ netMinor: 10_600, taxMinor: 725 })
    expect(linesOf(note)).toEqual([
      ['Work 0', 10_725],
      ['Delivery', 600],
    ])
    const ofDelivery = planCreditNote(planInvoice(order, seller, [salesTax]), identity, refundOf(600, [], 600), none)
    expect(ofDelivery).toMatchObject({ netMinor: 600, taxMinor: 0 })
    expect(linesOf(ofDelivery)).toEqual([['Delivery', 600]])
  })

  test('call delivery what is the delivery charge and nothing else, and name no pieces that only go back on the shelf', () => {
    const order = ordered({
      lines: [{ unitPriceMinor: 10_000, quantity: 2 }],
      discountMinor: 0,
      deliveryMinor: 600,
      tax: null,
    })
    const linesFor = (...refund: Parameters<typeof refundOf>) =>
      linesOf(planCreditNote(planInvoice(order, seller, []), identity, refundOf(...refund), none))
    expect(linesFor(20_000, [{ ...piece, quantity: 2, amountMinor: 0 }])).toEqual([['Reduction of the price', 20_000]])
    expect(linesFor(10_100, [piece], 600)).toEqual([
      ['Work 0', 10_725],
      ['Delivery', 600],
      ['Deduction', -1_225],
    ])
    expect(linesFor(11_000, [piece])).toEqual([
      ['Work 0', 10_725],
      ['Earlier deduction', 275],
    ])
  })
})

test('numbers are read as they are written', () => {
  expect(invoiceNumber(7)).toBe('INV-000007')
  expect(parseCreditNoteNumber('CRN-000012')).toBe(12)
  for (const other of ['CRN-12', 'INV-000012', 'CRN-000012x', '']) expect(parseCreditNoteNumber(other)).toBeNull()
})
