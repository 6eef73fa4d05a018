import 'server-only'

import type { Queryable } from '@/db/client'
import { listCreditNotes } from '@/db/queries/papers'
import { invoiceNumber } from '@/lib/domain/invoice'
import { creditNoteNumber } from '@/lib/domain/credit-note'
import type { OrderView } from '@/lib/domain/order'
import { placeBelow, type ReceiptLink } from '@/lib/orders/receipt-link'

import { findInvoice } from './find-invoice'

export interface OwnPaper {
  readonly name: string
  /** Null for an invoice that takes more than seconds. */
  readonly path: string | null
}

/** The papers of an order that its buyer has before them, opened as that is. The invoice opens as soon as the worker has given it. */
export async function listOwnPapers(
  db: Queryable,
  { orderNumber }: Pick<OrderView, 'orderNumber'>,
  link: ReceiptLink | null,
): Promise<OwnPaper[]> {
  const found = await findInvoice(db, orderNumber)
  const notes = await listCreditNotes(db, orderNumber)
  const pathOf = (place: string) => placeBelow(link ?? orderNumber, place)
  return [
    {
      name: found.kind === 'given' ? `Invoice ${invoiceNumber(found.invoice.number)}` : 'Invoice',
      path: found.kind === 'waits' ? null : pathOf('invoice'),
    },
    ...notes.map(({ number }) => ({
      name: `Credit note ${creditNoteNumber(number)}`,
      path: pathOf(`credit-notes/${creditNoteNumber(number)}`),
    })),
  ]
}
