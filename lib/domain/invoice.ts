import type { Address } from './address'
import { discountName } from './discount'
import { scaleMinor, type Currency } from './money'
import type { OrderView } from './order'
import { TAX_RATE_SCALE, taxOn, type TaxRate } from './tax'
import { exchange, type ExchangeRate, type TaxOwed } from './tax-currency'

/** Whoever sells, as the law wants it on an invoice. */
export interface PaperSeller {
  /** The shop's name, at the head of the page. */
  readonly shopName: string
  /** The legal name. */
  readonly name: string
  readonly addressLines: readonly string[]
  readonly email: string
  /** With its name, such as "VAT ID IE 1234567 AB": the one that counts where the buyer is. Empty for none. */
  readonly taxId: string
}

/** The one part of a paper that is erased with its owner's account. */
export interface PaperBuyer {
  readonly email: string
  readonly address: Address
}

export interface InvoiceLine {
  readonly name: string
  /** Options, in the order in which they were chosen. */
  readonly detail: string
  readonly sku: string
  readonly quantity: number
  /** Without tax. For one piece it is rounded by itself, so that `quantity` of them may be a cent off `netMinor`. */
  readonly unitNetMinor: number
  readonly netMinor: number
  /** What was paid for it; the same as `netMinor` where the tax comes on top of the whole. */
  readonly grossMinor: number
}

/** One rate, what it was taken of, and what it came to. */
export interface InvoiceTax {
  /** "VAT 19 %"; empty for what is not taxed. */
  readonly label: string
  readonly ratePpm: number
  readonly netMinor: number
  readonly taxMinor: number
}

/**
 * All that an invoice says but its number, its date and its buyer. It is frozen with the number, and the same pages are drawn
 * from it at any time. Amounts in minor units of `currency`; nets and taxes add up to the total.
 */
export interface InvoiceContent {
  readonly version: 1
  readonly orderNumber: string
  /** ISO 8601. The money came before the goods left, which makes this the time of supply. */
  readonly suppliedAt: string
  readonly seller: PaperSeller
  readonly currency: Currency
  /** True where prices contain the tax (EU, UK): lines then show net and gross. */
  readonly taxIncluded: boolean
  readonly lines: readonly InvoiceLine[]
  readonly itemsNetMinor: number
  readonly discountNetMinor: number
  /** What was taken off the goods or the delivery, as the buyer read it. Invoices of the first days have none. */
  readonly discountNames?: readonly string[]
  readonly deliveryName: string
  readonly deliveryNetMinor: number
  readonly taxes: readonly InvoiceTax[]
  /** The tax again in the currency in which it is owed, where that is another one and its rate was known. */
  readonly taxOwed?: TaxOwed
  readonly totalMinor: number
  readonly paypalCaptureId: string
}

/** What is read of an order. */
export type InvoicedOrder = Pick<
  OrderView,
  | 'orderNumber'
  | 'placedAt'
  | 'items'
  | 'itemsMinor'
  | 'discounts'
  | 'discountMinor'
  | 'deliveryName'
  | 'deliveryMinor'
  | 'taxMinor'
  | 'taxIncluded'
  | 'taxLabel'
  | 'total'
  | 'paypalCaptureId'
>

/** Gapless and never given twice; the year is in the date. */
export function invoiceNumber(number: number): string {
  return `INV-${String(number).padStart(6, '0')}`
}

/**
 * The invoice of an order. `rates` are those of its destination today, which may have changed since it was priced; `exchanged` is by
 * what its tax is reckoned into the currency in which it is owed, null where that is the order's own or no rate is known.
 */
export function planInvoice(
  order: InvoicedOrder,
  seller: PaperSeller,
  rates: readonly TaxRate[],
  exchanged: ExchangeRate | null = null,
): InvoiceContent {
  const tax = explainTax(order, rates)
  const { taxIncluded, deliveryMinor, discountMinor } = order
  const taxedMinor = order.itemsMinor - discountMinor + (tax.onDelivery ? deliveryMinor : 0)
  const net = netShares(taxedMinor, taxIncluded ? order.taxMinor : 0)
  const lines = order.items.map((item): InvoiceLine => ({
    name: item.productName,
    detail: item.options.map(({ value }) => value).join(', '),
    sku: item.sku,
    quantity: item.quantity,
    unitNetMinor: taxIncluded
      ? scaleMinor(item.unitPriceMinor, TAX_RATE_SCALE, TAX_RATE_SCALE + tax.ratePpm)
      : item.unitPriceMinor,
    netMinor: net(item.lineTotalMinor),
    grossMinor: item.lineTotalMinor,
  }))
  const discountNetMinor = 0 - net(-discountMinor)
  const deliveryNetMinor = tax.onDelivery ? net(deliveryMinor) : deliveryMinor
  const label = order.taxLabel ?? ''
  const netMinor = taxedMinor - (taxIncluded ? order.taxMinor : 0)
  const untaxedMinor = tax.onDelivery ? 0 : deliveryMinor
  return {
    version: 1,
    orderNumber: order.orderNumber,
    suppliedAt: order.placedAt.toISOString(),
    seller,
    currency: order.total.currency,
    taxIncluded,
    lines,
    itemsNetMinor: lines.reduce((sum, line) => sum + line.netMinor, 0),
    discountNetMinor,
    discountNames: order.discounts.map(discountName),
    deliveryName: order.deliveryName,
    deliveryNetMinor,
    taxes: [
      { label, ratePpm: tax.ratePpm, netMinor, taxMinor: order.taxMinor },
      ...(untaxedMinor > 0 ? [{ label: '', ratePpm: 0, netMinor: untaxedMinor, taxMinor: 0 }] : []),
    ],
    ...(exchanged && order.taxMinor > 0
      ? { taxOwed: { ...exchanged, taxMinor: exchange(order.taxMinor, order.total.currency, exchanged) } }
      : {}),
    totalMinor: order.total.minor,
    paypalCaptureId: order.paypalCaptureId,
  }
}

/**
 * Takes the tax out of one amount after the other. Each share is the difference of two rounded sums, so that together they are
 * exactly the whole without its tax.
 */
function netShares(grossMinor: number, taxMinor: number): (partMinor: number) => number {
  let seen = 0
  const netUpTo = (gross: number) => (grossMinor === 0 ? 0 : scaleMinor(gross, grossMinor - taxMinor, grossMinor))
  return (partMinor) => {
    const before = netUpTo(seen)
    seen += partMinor
    return netUpTo(seen) - before
  }
}

/**
 * By which rate, and of what, an order's tax was reckoned. The order keeps the sum and the label; of the rates that bear this
 * label, and the one that the label itself names, the one counts that gives exactly the sum.
 */
function explainTax(
  order: InvoicedOrder,
  rates: readonly TaxRate[],
): { readonly ratePpm: number; readonly onDelivery: boolean } {
  const { taxLabel, taxMinor, taxIncluded, deliveryMinor } = order
  if (taxLabel === null) return { ratePpm: 0, onDelivery: true }
  const known = rates.filter(({ label, pricesInclude }) => label === taxLabel && pricesInclude === taxIncluded)
  const named = rateInLabel(taxLabel)
  const candidates = [
    ...known.map(({ ratePpm, appliesToDelivery }) => ({ ratePpm, onDelivery: appliesToDelivery })),
    { ratePpm: named, onDelivery: true },
    { ratePpm: named, onDelivery: false },
  ]
  const goodsMinor = order.itemsMinor - order.discountMinor
  const fits = candidates.find(({ ratePpm, onDelivery }) => {
    const rule = { label: taxLabel, ratePpm, pricesInclude: taxIncluded, appliesToDelivery: onDelivery }
    return taxOn(goodsMinor + (onDelivery ? deliveryMinor : 0), rule) === taxMinor
  })
  return fits ?? { ratePpm: named, onDelivery: true }
}

/** "Sales tax 8.875 %" is 88,750 parts per million; 0 for a label without a rate. */
function rateInLabel(label: string): number {
  const percent = /(\d{1,2})(?:[.,](\d{1,4}))?\s*%/.exec(label)
  if (!percent) return 0
  return Number(percent[1]) * 10_000 + Number((percent[2] ?? '').padEnd(4, '0'))
}
