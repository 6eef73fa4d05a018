import 'server-only'

import { invoiceNumber, type InvoiceContent, type PaperBuyer } from '@/lib/domain/invoice'
import { formatMoney } from '@/lib/domain/money'
import { formatTaxOwed } from '@/lib/domain/tax-currency'

import {
  buyerLines,
  drawLetterhead,
  drawNotes,
  drawOpening,
  drawSums,
  writeDate,
  writeRate,
  type Facts,
} from './letterhead'
import { Paper, style, type Cell, type Column } from './paper'
import type { Typesetter } from './typeset'

/** An invoice as it was given. */
export interface GivenInvoice {
  readonly number: number
  readonly issuedAt: Date
  readonly content: InvoiceContent
  readonly buyer: PaperBuyer
}

export function drawInvoice(invoice: GivenInvoice) {
  return (doc: PDFKit.PDFDocument, type: Typesetter): Paper => {
    const { content, buyer } = invoice
    const number = invoiceNumber(invoice.number)
    const { seller } = content
    const foot = `${seller.shopName} · Invoice ${number}`
    const paper = new Paper(doc, type, { country: buyer.address.country, foot })
    drawLetterhead(paper, seller)
    drawOpening(paper, {
      title: `Invoice ${number}`,
      to: 'Billed to',
      lines: buyerLines(buyer),
      facts: [
        ['Date of issue', writeDate(invoice.issuedAt)],
        ['Supply and payment', writeDate(new Date(content.suppliedAt))],
        ['Order', content.orderNumber],
        ['PayPal transaction', content.paypalCaptureId],
      ],
    })
    drawLines(paper, content)
    drawSums(paper, sumsOf(content))
    const discounts = content.discountNames ?? []
    drawNotes(paper, [
      ...(discounts.length > 0 ? [`Taken off: ${discounts.join(', ')}.`] : []),
      `Paid with PayPal on ${writeDate(new Date(content.suppliedAt))}. Nothing is left to pay.`,
      ...(content.taxOwed ? [writeRate(content.taxOwed, content.currency)] : []),
      ...(content.taxIncluded ? [`All prices of the shop contain ${content.taxes[0]?.label ?? 'tax'}.`] : []),
    ])
    return paper
  }
}

/** Where prices contain the tax the law wants both sides of it; where it comes on top there is one price. */
function drawLines(paper: Paper, { lines, taxIncluded, currency, taxes }: InvoiceContent): void {
  const money = (minor: number) => formatMoney({ minor, currency })
  const rate = percent(taxes[0]?.ratePpm ?? 0)
  const columns: Column[] = [
    { title: 'Item', width: null, align: 'start' },
    { title: 'Quantity', width: 42, align: 'end' },
    { title: taxIncluded ? 'Unit price, net' : 'Unit price', width: 66, align: 'end' },
    ...(taxIncluded ? ([{ title: 'Tax', width: 38, align: 'end' }] as const) : []),
    { title: taxIncluded ? 'Net' : 'Amount', width: 62, align: 'end' },
    ...(taxIncluded ? ([{ title: 'Gross', width: 62, align: 'end' }] as const) : []),
  ]
  const rows = lines.map((line): Cell[] => [
    { text: line.name, style: style('strong', 9.5), below: [line.sku, line.detail].filter(Boolean).join(' · ') },
    { text: String(line.quantity) },
    { text: money(line.unitNetMinor) },
    ...(taxIncluded ? [{ text: rate }] : []),
    { text: money(line.netMinor) },
    ...(taxIncluded ? [{ text: money(line.grossMinor) }] : []),
  ])
  paper.table(columns, rows)
}

function percent(ratePpm: number): string {
  return `${ratePpm / 10_000} %`
}

function sumsOf(content: InvoiceContent): Facts {
  const money = (minor: number) => formatMoney({ minor, currency: content.currency })
  const net = content.taxIncluded ? ', net' : ''
  return [
    [`Items${net}`, money(content.itemsNetMinor)],
    ...(content.discountNetMinor > 0 ? ([[`Discount${net}`, `−${money(content.discountNetMinor)}`]] as const) : []),
    [`${content.deliveryName}${net}`, content.deliveryNetMinor === 0 ? 'free' : money(content.deliveryNetMinor)],
    ...content.taxes.map(({ label, netMinor, taxMinor }) =>
      label === ''
        ? ([`No tax on ${money(netMinor)}`, money(0)] as const)
        : ([`${label} on ${money(netMinor)}`, money(taxMinor)] as const),
    ),
    ...(content.taxOwed
      ? ([
          [`${content.taxes[0]?.label ?? 'Tax'} in ${content.taxOwed.currency}`, formatTaxOwed(content.taxOwed)],
        ] as const)
      : []),
    ['Total, paid', money(content.totalMinor)],
  ]
}
