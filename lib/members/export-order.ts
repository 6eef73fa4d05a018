import 'server-only'

import type { Queryable } from '@/db/client'
import { findOrder } from '@/db/queries/orders'
import { listCreditNotes, listInvoices } from '@/db/queries/papers'
import { listReturnsOfOrder } from '@/db/queries/returns'
import { invoiceNumber } from '@/lib/domain/invoice'
import { creditNoteNumber } from '@/lib/domain/credit-note'

/** An order as its buyer takes it with them: with its papers, and with what was said about sending things back. */
export async function exportOrder(db: Queryable, orderNumber: string) {
  const order = (await findOrder(db, orderNumber))?.order
  if (!order) return null
  const invoices = await listInvoices(db, [orderNumber])
  const notes = await listCreditNotes(db, orderNumber)
  const returns = await listReturnsOfOrder(db, orderNumber)
  return {
    ...order,
    invoices: invoices.map(({ number, issuedAt }) => ({ number: invoiceNumber(number), issuedAt })),
    creditNotes: notes.map(({ number, issuedAt }) => ({ number: creditNoteNumber(number), issuedAt })),
    returns: returns.map(({ state, reason, note, answer, askedAt }) => ({ state, reason, note, answer, askedAt })),
  }
}
