import 'server-only'

import type { Database } from '@/db/client'
import { findOrder, findOrderIdentity } from '@/db/queries/orders'
import { listFulfillableItems } from '@/db/queries/fulfilment'
import { listOpenHolds } from '@/db/queries/order-holds'
import { listCreditNotes, listInvoices } from '@/db/queries/papers'
import { requireShopSettings } from '@/db/queries/shop'
import type { Admin } from '@/lib/admin/admin'
import { creditNoteNumber, invoiceNumber, parseCreditNoteNumber } from '@/lib/domain/invoice'
import { planPickLines, type PackingSlip } from '@/lib/domain/packing-slip'

import { drawCreditNote } from './draw-credit-note'
import { drawInvoice } from './draw-invoice'
import { drawPackingSlip } from './draw-packing-slip'
import { printPapers } from './print-papers'
import type { PrintOutcome } from './print-outcome'

/** As many as a desk sorts at once, and as a request has time for. */
export const PAPERS_MAX = 300

export const PAPER_KINDS = ['invoices', 'packing-slips'] as const
export type PaperKind = (typeof PAPER_KINDS)[number]

/** Invoices or packing slips of these orders as one file, in their order. What has none is left out. */
export async function printOrderPapers(
  db: Database,
  admin: Admin<'orders.read'>,
  kind: PaperKind,
  orderNumbers: readonly string[],
): Promise<PrintOutcome> {
  const wanted = orderNumbers.slice(0, PAPERS_MAX)
  return kind === 'invoices' ? printInvoices(db, admin, wanted) : printPackingSlips(db, admin, wanted)
}

async function printInvoices(
  db: Database,
  _admin: Admin<'orders.read'>,
  orderNumbers: readonly string[],
): Promise<PrintOutcome> {
  const invoices = await listInvoices(db, orderNumbers)
  const [first] = invoices
  if (!first) return { kind: 'not_yet' }
  const name = invoices.length === 1 ? invoiceNumber(first.number) : `invoices-${invoices.length}`
  const at = new Date(Math.max(...invoices.map(({ issuedAt }) => issuedAt.getTime())))
  const about = { title: `Invoices (${invoices.length})`, author: first.content.seller.shopName, at }
  return { kind: 'printed', name, bytes: await printPapers(about, invoices.map(drawInvoice)) }
}

async function printPackingSlips(
  db: Database,
  admin: Admin<'orders.read'>,
  orderNumbers: readonly string[],
): Promise<PrintOutcome> {
  const { name: shopName } = await requireShopSettings(db)
  const slips: PackingSlip[] = []
  for (const orderNumber of orderNumbers) {
    const slip = await findPackingSlip(db, admin, orderNumber, shopName)
    if (slip) slips.push(slip)
  }
  const [first] = slips
  if (!first) return { kind: 'not_found' }
  const name = slips.length === 1 ? `packing-slip-${first.orderNumber}` : `packing-slips-${slips.length}`
  const at = new Date(Math.max(...slips.map(({ placedAt }) => placedAt.getTime())))
  const about = { title: `Packing slips (${slips.length})`, author: shopName, at }
  return { kind: 'printed', name, bytes: await printPapers(about, slips.map(drawPackingSlip)) }
}

async function findPackingSlip(
  db: Database,
  _admin: Admin<'orders.read'>,
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
