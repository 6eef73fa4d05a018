import 'server-only'

import { getDatabase } from '@/db/client'
import { listCreditNotes } from '@/db/queries/papers'
import { invoiceNumber } from '@/lib/domain/invoice'
import { creditNoteNumber, parseCreditNoteNumber } from '@/lib/domain/credit-note'
import { findReceipt, type ReceiptRequest } from '@/lib/orders/find-receipt'

import { drawCreditNote } from './draw-credit-note'
import { drawInvoice } from './draw-invoice'
import { findInvoice } from './find-invoice'
import { printPapers } from './print-papers'
import type { PrintOutcome } from './print-outcome'

/** The invoice of an order, for whoever may read its receipt; to everybody else there is none. */
export async function printOwnInvoice(request: ReceiptRequest): Promise<PrintOutcome> {
  const db = getDatabase()
  const receipt = await findReceipt(db, request)
  if (!receipt) return { kind: 'not_found' }
  const found = await findInvoice(db, receipt.order.orderNumber)
  if (found.kind !== 'given') return found
  const { invoice } = found
  const name = invoiceNumber(invoice.number)
  const { shopName } = invoice.content.seller
  const about = { title: `Invoice ${name}`, author: shopName, at: invoice.issuedAt }
  return { kind: 'printed', name, bytes: await printPapers(about, [drawInvoice(invoice)]) }
}

/** One credit note of an order, by its number, on the same terms. */
export async function printOwnCreditNote(request: ReceiptRequest, typed: string): Promise<PrintOutcome> {
  const db = getDatabase()
  const receipt = await findReceipt(db, request)
  const number = parseCreditNoteNumber(typed)
  const notes = receipt ? await listCreditNotes(db, receipt.order.orderNumber) : []
  const note = notes.find((each) => each.number === number)
  if (!note) return { kind: 'not_found' }
  const name = creditNoteNumber(note.number)
  const about = { title: `Credit note ${name}`, author: note.content.seller.shopName, at: note.issuedAt }
  return { kind: 'printed', name, bytes: await printPapers(about, [drawCreditNote(note)]) }
}
