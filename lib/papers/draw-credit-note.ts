import 'server-only'

import type { PaperBuyer } from '@/lib/domain/invoice'
import { creditNoteNumber, type CreditNoteContent } from '@/lib/domain/credit-note'
import { formatMoney } from '@/lib/domain/money'
import { formatTaxOwed } from '@/lib/domain/tax-currency'

import { buyerLines, drawLetterhead, drawNotes, drawOpening, drawSums, writeDate, writeRate } from './letterhead'
import { Paper, style } from './paper'
import type { Typesetter } from './typeset'

export interface GivenCreditNote {
  readonly number: number
  readonly issuedAt: Date
  readonly content: CreditNoteContent
  readonly buyer: PaperBuyer
}

export function drawCreditNote(note: GivenCreditNote) {
  return (doc: PDFKit.PDFDocument, type: Typesetter): Paper => {
    const { content, buyer } = note
    const number = creditNoteNumber(note.number)
    const { seller, currency } = content
    const less = (minor: number) => {
      const amount = formatMoney({ minor: Math.abs(minor), currency })
      return minor > 0 ? `−${amount}` : amount
    }
    const foot = `${seller.shopName} · Credit note ${number}`
    const paper = new Paper(doc, type, { country: buyer.address.country, foot })
    drawLetterhead(paper, seller)
    drawOpening(paper, {
      title: `Credit note ${number}`,
      to: 'Credited to',
      lines: buyerLines(buyer),
      facts: [
        ['Date of issue', writeDate(note.issuedAt)],
        ['Corrects invoice', content.invoiceNumber],
        ['Invoice dated', writeDate(new Date(content.invoiceIssuedAt))],
        ['Order', content.orderNumber],
        ['PayPal refund', content.paypalRefundId],
      ],
    })
    paper.table(
      [
        { title: 'What is credited', width: null, align: 'start' },
        { title: 'Quantity', width: 50, align: 'end' },
        { title: 'Amount', width: 80, align: 'end' },
      ],
      content.lines.map((line) => [
        { text: line.name, style: style('strong', 9.5), ...(line.sku ? { below: line.sku } : {}) },
        { text: line.quantity === 0 ? '' : String(line.quantity) },
        { text: less(line.grossMinor) },
      ]),
    )
    drawSums(paper, [
      ['Net', less(content.netMinor)],
      [content.taxLabel || 'No tax', less(content.taxMinor)],
      ...(content.taxOwed
        ? ([[`${content.taxLabel} in ${content.taxOwed.currency}`, `−${formatTaxOwed(content.taxOwed)}`]] as const)
        : []),
      ['Credited', less(content.totalMinor)],
    ])
    drawNotes(paper, [
      `This corrects invoice ${content.invoiceNumber} by the amounts above. The money went back through PayPal, by the way it was paid.`,
      ...(content.taxOwed ? [writeRate(content.taxOwed, content.currency)] : []),
    ])
    return paper
  }
}
