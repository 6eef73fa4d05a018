import 'server-only'

import type { Database, Queryable } from '@/db/client'
import { listFulfillableItems } from '@/db/queries/fulfilment'
import { listOpenHolds } from '@/db/queries/order-holds'
import { findOrder, findOrderIdentity } from '@/db/queries/orders'
import { listCreditNotes } from '@/db/queries/papers'
import { requireShopSettings } from '@/db/queries/shop'
import type { Admin } from '@/lib/admin/admin'
import { invoiceNumber } from '@/lib/domain/invoice'
import { creditNoteNumber, parseCreditNoteNumber } from '@/lib/domain/credit-note'
import { planPickLines, type PackingSlip } from '@/lib/domain/packing-slip'

import { drawCreditNote } from './draw-credit-note'
import { drawInvoice } from './draw-invoice'
import { drawPackingSlip } from './draw-packing-slip'
import { findInvoice } from './find-invoice'
import { printPapers } from './print-papers'
import type { PrintOutcome } from './print-outcome'

/** The invoice of one order, for whoever looks at it. Those of many are `printManyPapers`. */
export async function printInvoice(
  db: Database,
  _admin: Admin<'orders.read'>,
  orderNumber: string,
): Promise<PrintOutcome> {
  const found = await findInvoice(db, orderNumber)
  if (found.kind !== 'given') return found
  const { invoice } = found
  const name = invoiceNumber(invoice.number)
  const about = { title: `Invoice ${name}`, author: invoice.content.seller.shopName, at: invoice.issuedAt }
  return { kind: 'printed', name, bytes: await printPapers(about, [drawInvoice(invoice)]) }
}

export async function printPackingSlip(
  db: Database,
  _admin: Admin<'orders.read'>,
  orderNumber: string,
): Promise<PrintOutcome> {
  const { name: shopName } = await requireShopSettings(db)
  const slip = await findPackingSlip(db, orderNumber, shopName)
  if (!slip) return { kind: 'not_found' }
  const name = `packing-slip-${orderNumber}`
  const about = { title: `Packing slip ${orderNumber}`, author: shopName, at: slip.placedAt }
  return { kind: 'printed', name, bytes: await printPapers(about, [drawPackingSlip(slip)]) }
}

export async function findPackingSlip(
  db: Queryable,
  orderNumber: string,
  shopName: string,
): Promise<PackingSlip | null> {
  const found = await findOrder(db, orderNumber)
  const identity = await findOrderIdentity(db, orderNumber)
  if (!found || !identity) return null
  const { address, deliveryName, placedAt } = found.order
  const items = await listFulfillableItems(db, identity.id)
  const isHeld = (await listOpenHolds(db, identity.id)).length > 0
  return { orderNumber, shopName, placedAt, address, deliveryName, isHeld, lines: planPickLines(items) }
}

/** One credit note of an order. */
export async function printCreditNote(
  db: Database,
  _admin: Admin<'orders.read'>,
  orderNumber: string,
  typed: string,
): Promise<PrintOutcome> {
  const number = parseCreditNoteNumber(typed)
  const note = (await listCreditNotes(db, orderNumber)).find((each) => each.number === number)
  if (!note) return { kind: 'not_found' }
  const name = creditNoteNumber(note.number)
  const about = { title: `Credit note ${name}`, author: note.content.seller.shopName, at: note.issuedAt }
  return { kind: 'printed', name, bytes: await printPapers(about, [drawCreditNote(note)]) }
}
