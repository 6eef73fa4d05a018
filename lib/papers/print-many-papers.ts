import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { listInvoices } from '@/db/queries/papers'
import { requireShopSettings } from '@/db/queries/shop'
import { actorOf, type Admin } from '@/lib/admin/admin'
import type { FILE_PERMISSIONS, FileKind } from '@/lib/domain/bulk'
import { invoiceNumber } from '@/lib/domain/invoice'

import { drawInvoice } from './draw-invoice'
import { drawLeftOut } from './draw-left-out'
import { drawPackingSlip } from './draw-packing-slip'
import { findPackingSlip } from './print-order-papers'
import { printPapers } from './print-papers'

type PaperKind = Exclude<FileKind, 'export'>

/** The papers of these orders, ready to be drawn, in their order. */
interface Found {
  readonly name: string
  readonly author: string
  readonly country: string
  /** Of the newest. */
  readonly at: Date
  readonly papers: readonly { readonly orderNumber: string; readonly draw: Parameters<typeof printPapers>[1][number] }[]
}

export type PrintManyOutcome =
  | { readonly kind: 'printed'; readonly name: string; readonly bytes: Buffer }
  /** None of them has such a paper. */
  | { readonly kind: 'none' }

/**
 * Papers of many orders as one file, written down in the audit log before it is made. Which of those that were asked for are not in
 * it stands on its first sheet: whoever sorts a pile does not count it.
 */
export async function printManyPapers<Kind extends PaperKind>(
  db: Database,
  admin: Admin<(typeof FILE_PERMISSIONS)[Kind]>,
  kind: Kind,
  { asked, inFile }: { readonly asked: readonly string[]; readonly inFile: readonly string[] },
): Promise<PrintManyOutcome> {
  const found = await FINDERS[kind](db, inFile)
  if (!found) return { kind: 'none' }
  const { papers, author, at, country } = found
  const printed = papers.map(({ orderNumber }) => orderNumber)
  await inTransaction(db, (tx) =>
    appendAudit(tx, {
      ...actorOf(admin),
      action: 'papers.printed',
      subject: 'orders',
      before: null,
      after: { kind, orders: printed },
    }),
  )
  const leftOut = asked.filter((orderNumber) => !printed.includes(orderNumber))
  const what = kind === 'invoices' ? 'Invoices' : 'Packing slips'
  const cover = drawLeftOut({ what, shopName: author, country, printed: printed.length, leftOut })
  const draws = [...(leftOut.length > 0 ? [cover] : []), ...papers.map(({ draw }) => draw)]
  const bytes = await printPapers({ title: `${what} (${printed.length})`, author, at }, draws)
  return { kind: 'printed', name: leftOut.length > 0 ? `${found.name}-of-${asked.length}` : found.name, bytes }
}

type Finder = (db: Database, orderNumbers: readonly string[]) => Promise<Found | null>

const FINDERS: Readonly<Record<PaperKind, Finder>> = {
  invoices: async (db, orderNumbers) => {
    const invoices = await listInvoices(db, orderNumbers)
    const [first] = invoices
    if (!first) return null
    return {
      name: invoices.length === 1 ? invoiceNumber(first.number) : `invoices-${invoices.length}`,
      author: first.content.seller.shopName,
      country: first.buyer.address.country,
      at: new Date(Math.max(...invoices.map(({ issuedAt }) => issuedAt.getTime()))),
      papers: invoices.map((invoice) => ({ orderNumber: invoice.content.orderNumber, draw: drawInvoice(invoice) })),
    }
  },
  'packing-slips': async (db, orderNumbers) => {
    const { name: author } = await requireShopSettings(db)
    const found = []
    for (const orderNumber of orderNumbers) found.push(await findPackingSlip(db, orderNumber, author))
    const slips = found.filter((slip) => slip !== null)
    const [first] = slips
    if (!first) return null
    return {
      name: slips.length === 1 ? `packing-slip-${first.orderNumber}` : `packing-slips-${slips.length}`,
      author,
      country: first.address.country,
      at: new Date(Math.max(...slips.map(({ placedAt }) => placedAt.getTime()))),
      papers: slips.map((slip) => ({ orderNumber: slip.orderNumber, draw: drawPackingSlip(slip) })),
    }
  },
}
