import { extractText, getDocumentProxy } from 'unpdf'
import { describe, expect, test } from 'vitest'

import type { Address } from '@/lib/domain/address'
import { planInvoice, type InvoiceContent } from '@/lib/domain/invoice'
import { planPickLines } from '@/lib/domain/packing-slip'
import { priceCart } from '@/lib/domain/price-cart'
import type { TaxRate } from '@/lib/domain/tax'
import { sampleOrder } from '@/testing/sample-mail'

import { drawInvoice } from './draw-invoice'
import { drawPackingSlip } from './draw-packing-slip'
import { printPapers } from './print-papers'

const AT = new Date('2030-03-03T12:00:00Z')
const about = { title: 'Invoice INV-000123', author: 'Plotterhouse', at: AT }
const vat: TaxRate = {
  country: 'DE',
  region: null,
  label: 'VAT 19 %',
  ratePpm: 190_000,
  pricesInclude: true,
  appliesToDelivery: true,
}
const address: Address = {
  name: 'Đorđe Škňouř-Łęcka',
  line1: 'Größelstraße 14, Žižkov',
  line2: 'c/o Ελένη Παπαδοπούλου, Иван Петров',
  city: 'Île-d’Őr',
  region: '',
  postalCode: '10115',
  country: 'DE',
}

function contentOf(lineCount: number): InvoiceContent {
  const priced = priceCart({
    currency: 'EUR',
    lines: Array.from({ length: lineCount }, (_, variantId) => ({ variantId, unitPriceMinor: 11_900, quantity: 1 })),
    discounts: [],
    delivery: { methodId: 1, name: 'Tracked parcel', estimate: '', priceMinor: 1_190 },
    tax: vat,
  })
  const items = priced.lines.map((line) => ({
    ...line,
    productName: `Contour No. ${line.variantId + 1}, Estuary`,
    productSlug: 'contour',
    sku: `CON-${line.variantId + 1}`,
    options: [{ name: 'Size', value: 'A3' }],
    picture: null,
  }))
  const order = {
    ...sampleOrder(),
    ...priced,
    items,
    deliveryName: 'Tracked parcel',
    total: { minor: priced.totalMinor, currency: 'EUR' as const },
  }
  const seller = {
    shopName: 'Plotterhouse',
    name: 'Plotterhouse Ltd',
    addressLines: ['1 Sample Street', '00000 Nowhere'],
    email: 'orders@plotterhouse.example',
    taxId: 'VAT ID EU 000 0000 00',
  }
  return planInvoice(order, seller, [vat], { currency: 'CZK', since: '2030-03-01', perUnitMicro: 24_312_500 })
}

const invoiceOf = (lineCount: number) => ({
  number: 123,
  issuedAt: AT,
  content: contentOf(lineCount),
  buyer: { email: 'buyer@example.com', address },
})

/** The text of each sheet. */
async function read(bytes: Buffer): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)))
  return text.map((sheet) => sheet.replaceAll(/\s+/g, ' '))
}

describe('an invoice as a PDF', () => {
  test('has all that the law asks for, and names in the letters of their countries', async () => {
    const [sheet = '', ...more] = await read(await printPapers(about, [drawInvoice(invoiceOf(2))]))
    expect(more).toEqual([])
    for (const part of [
      'Invoice INV-000123',
      'Plotterhouse Ltd',
      '1 Sample Street',
      'VAT ID EU 000 0000 00',
      'Date of issue 3 March 2030',
      'Supply and payment 3 March 2030',
      'Đorđe Škňouř-Łęcka',
      'Größelstraße 14, Žižkov',
      'c/o Ελένη Παπαδοπούλου, Иван Петров',
      '10115 Île-d’Őr',
      'CON-2 · A3',
      '€100.00',
      '€119.00',
      '19 %',
      'VAT 19 % on €210.00',
      '€39.90',
      '€249.90',
      'VAT 19 % in CZK CZK 970.07',
      'reckoned at 24.3125 CZK for 1 EUR, the rate from 1 March 2030 on',
      'Paid with PayPal',
      'Page 1 of 1',
    ]) {
      expect(sheet, part).toContain(part)
    }
  })

  test('is the same, byte by byte, whenever it is made again', async () => {
    const [first, second] = [
      await printPapers(about, [drawInvoice(invoiceOf(40))]),
      await printPapers(about, [drawInvoice(invoiceOf(40))]),
    ]
    expect(first.equals(second)).toBe(true)
  })

  test('goes on over as many sheets as its lines need, each with the head of the table and its number', async () => {
    const sheets = await read(await printPapers(about, [drawInvoice(invoiceOf(100))]))
    expect(sheets.length).toBeGreaterThan(3)
    sheets.forEach((sheet, index) => expect(sheet).toContain(`Page ${index + 1} of ${sheets.length}`))
    for (const sheet of sheets.slice(0, -1)) expect(sheet).toContain('Unit price, net')
    const whole = sheets.join(' ')
    for (let line = 1; line <= 100; line++) expect(whole).toContain(`CON-${line} ·`)
    expect(sheets.at(-1)).toContain('Total, paid')
  })

  test('in bulk counts the sheets of each by themselves', async () => {
    const sheets = await read(await printPapers(about, [invoiceOf(2), invoiceOf(40), invoiceOf(1)].map(drawInvoice)))
    expect(sheets.filter((sheet) => sheet.includes('Page 1 of'))).toHaveLength(3)
    expect(sheets.at(-1)).toContain('Page 1 of 1')
  })
})

test('a packing slip says what is to be picked, by SKU, and no price', async () => {
  const item = {
    quantity: 3,
    shippedQuantity: 1,
    refundedQuantity: 0,
    returnedQuantity: 0,
    refundingQuantity: 0,
    options: [{ value: 'A3' }],
  }
  const lines = planPickLines([
    { ...item, position: 0, sku: 'ZZZ', productName: 'Last' },
    { ...item, position: 1, sku: 'AAA', productName: 'First', shippedQuantity: 3 },
  ])
  expect(lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
    ['AAA', 0],
    ['ZZZ', 2],
  ])
  const slip = {
    orderNumber: '7K4MQ-2XTVH',
    shopName: 'Plotterhouse',
    placedAt: AT,
    address,
    deliveryName: 'Tracked parcel',
    isHeld: true,
    lines,
  }
  const [sheet = ''] = await read(await printPapers(about, [drawPackingSlip(slip)]))
  expect(sheet).toContain('Order 7K4MQ-2XTVH, held: do not send')
  expect(sheet).toContain('Đorđe Škňouř-Łęcka')
  expect(sheet.indexOf('AAA')).toBeLessThan(sheet.indexOf('ZZZ'))
  expect(sheet).not.toMatch(/[$€£]/)
})
