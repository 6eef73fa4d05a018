import type { InvoiceContent, PaperSeller } from './invoice'
import { scaleMinor, type Currency } from './money'
import { exchange, type TaxOwed } from './tax-currency'

/** A refund as its credit note sees it. */
export interface CreditedRefund {
  readonly amountMinor: number
  /** How much of it is the delivery charge. */
  readonly deliveryMinor: number
  readonly items: readonly {
    readonly name: string
    readonly sku: string
    readonly quantity: number
    readonly amountMinor: number
  }[]
  readonly paypalRefundId: string
}

/** What earlier credit notes of the same invoice have taken back. */
export interface Credited {
  readonly totalMinor: number
  readonly taxMinor: number
}

/** All that a credit note says but its number, its date and its buyer. Amounts are what comes off the invoice. */
export interface CreditNoteContent {
  readonly version: 1
  readonly invoiceNumber: string
  /** ISO 8601. */
  readonly invoiceIssuedAt: string
  readonly orderNumber: string
  readonly seller: PaperSeller
  readonly currency: Currency
  readonly lines: readonly {
    readonly name: string
    readonly sku: string
    /** 0 where it is not about pieces. */
    readonly quantity: number
    readonly grossMinor: number
  }[]
  readonly taxLabel: string
  readonly netMinor: number
  readonly taxMinor: number
  /** By the rate of the invoice. */
  readonly taxOwed?: TaxOwed
  readonly totalMinor: number
  readonly paypalRefundId: string
}

/** The credit note of a refund: it takes back a part of the invoice, with the part of the tax that was in it. */
export function planCreditNote(
  invoice: InvoiceContent,
  identity: Pick<CreditNoteContent, 'invoiceNumber' | 'invoiceIssuedAt'>,
  refund: CreditedRefund,
  earlier: Credited,
): CreditNoteContent {
  const taxMinor = creditedTax(invoice, refund, earlier)
  return {
    version: 1,
    ...identity,
    orderNumber: invoice.orderNumber,
    seller: invoice.seller,
    currency: invoice.currency,
    lines: creditedLines(refund),
    taxLabel: invoice.taxes[0]?.label ?? '',
    netMinor: refund.amountMinor - taxMinor,
    taxMinor,
    ...(invoice.taxOwed ? { taxOwed: creditedOwed(invoice.taxOwed, invoice.currency, taxMinor, earlier) } : {}),
    totalMinor: refund.amountMinor,
    paypalRefundId: refund.paypalRefundId,
  }
}

/** The difference of two rounded sums, so that all credit notes of an invoice take back exactly what it says is owed. */
function creditedOwed(owed: TaxOwed, from: Currency, taxMinor: number, earlier: Credited): TaxOwed {
  const owedUpTo = (minor: number) => exchange(minor, from, owed)
  return { ...owed, taxMinor: owedUpTo(earlier.taxMinor + taxMinor) - owedUpTo(earlier.taxMinor) }
}

/** Pieces that only go back on the shelf with a refund were not paid by it, and are not on its paper. */
function creditedLines({ amountMinor, deliveryMinor, items }: CreditedRefund): CreditNoteContent['lines'] {
  const pieces = items
    .filter((item) => item.amountMinor > 0)
    .map(({ amountMinor: grossMinor, ...item }) => ({ ...item, grossMinor }))
  const restMinor = amountMinor - deliveryMinor - pieces.reduce((sum, { grossMinor }) => sum + grossMinor, 0)
  const others = [
    { name: 'Delivery', grossMinor: deliveryMinor },
    { name: nameOfRest(restMinor, pieces.length > 0), grossMinor: restMinor },
  ]
  return [
    ...pieces,
    ...others.filter(({ grossMinor }) => grossMinor !== 0).map((other) => ({ ...other, sku: '', quantity: 0 })),
  ]
}

/** More than the pieces and the delivery is given only when something had been taken off before. */
function nameOfRest(restMinor: number, hasPieces: boolean): string {
  if (restMinor < 0) return 'Deduction'
  return hasPieces ? 'Earlier deduction' : 'Reduction of the price'
}

/** The last refund takes what is left of the tax, so that a whole invoice is credited to the cent. */
function creditedTax(
  invoice: InvoiceContent,
  { amountMinor, deliveryMinor, items }: CreditedRefund,
  earlier: Credited,
): number {
  const invoicedMinor = invoice.taxes.reduce((sum, tax) => sum + tax.taxMinor, 0)
  const leftMinor = invoicedMinor - earlier.taxMinor
  if (earlier.totalMinor + amountMinor >= invoice.totalMinor) return leftMinor
  // A refund of pieces gives back what was paid for them, and all of a tax on top belongs to the pieces (lib/domain/refund-request.ts).
  const goodsMinor = invoice.totalMinor - invoice.deliveryNetMinor
  const isByPart = deliveryMinor > 0 || items.some((item) => item.amountMinor > 0)
  const share =
    isByPart && !invoice.taxIncluded && goodsMinor > 0
      ? scaleMinor(amountMinor - deliveryMinor, invoicedMinor, goodsMinor)
      : scaleMinor(amountMinor, invoicedMinor, Math.max(invoice.totalMinor, 1))
  return Math.max(0, Math.min(share, leftMinor))
}

/** Gapless and never given twice, in a series of its own. */
export function creditNoteNumber(number: number): string {
  return `CRN-${String(number).padStart(6, '0')}`
}

/** Null for what is not a credit note's number. */
export function parseCreditNoteNumber(text: string): number | null {
  const digits = /^CRN-(\d{6,9})$/.exec(text)?.[1]
  return digits ? Number(digits) : null
}
