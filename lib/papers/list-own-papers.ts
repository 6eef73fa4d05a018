import 'server-only'

import { getDatabase } from '@/db/client'
import { listCreditNotes, listInvoices } from '@/db/queries/papers'
import { creditNoteNumber, invoiceNumber } from '@/lib/domain/invoice'
import type { OrderView } from '@/lib/domain/order'
import { placeBelow, type ReceiptLink } from '@/lib/orders/receipt-link'

/** The papers of an order that its buyer has before them, opened as that is. The invoice opens as soon as the worker has given it. */
export async function listOwnPapers(
  { orderNumber }: OrderView,
  link: ReceiptLink | null,
): Promise<{ readonly name: string; readonly path: string }[]> {
  const db = getDatabase()
  const [invoice] = await listInvoices(db, [orderNumber])
  const notes = await listCreditNotes(db, orderNumber)
  const papers = [
    { name: invoice ? `Invoice ${invoiceNumber(invoice.number)}` : 'Invoice', place: 'invoice' },
    ...notes.map(({ number }) => ({
      name: `Credit note ${creditNoteNumber(number)}`,
      place: `credit-notes/${creditNoteNumber(number)}`,
    })),
  ]
  return papers.map(({ name, place }) => ({ name, path: placeBelow(link ?? orderNumber, place) }))
}
