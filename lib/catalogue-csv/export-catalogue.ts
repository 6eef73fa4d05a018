import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { listExportPage, type ExportCursor } from '@/db/queries/catalogue-export'
import { requireShopSettings } from '@/db/queries/shop'
import { actorOf, type Admin } from '@/lib/admin/admin'
import { CSV_COLUMNS, quoteFormula, toCells, writeLine } from '@/lib/domain/catalogue-csv'

const READ_AT_ONCE = 1_000

/** All variants as a file, a piece at a time: however many there are, none is kept. That it was taken is in the audit log. */
export async function* exportCatalogue(db: Database, admin: Admin<'catalogue.export'>): AsyncGenerator<string> {
  const { currency } = await requireShopSettings(db)
  await inTransaction(db, (tx) =>
    appendAudit(tx, {
      ...actorOf(admin),
      action: 'catalogue.exported',
      subject: 'catalogue',
      before: null,
      after: null,
    }),
  )
  yield writeLine(CSV_COLUMNS)
  let after: ExportCursor | null = null
  for (;;) {
    const rows: Awaited<ReturnType<typeof listExportPage>> = await listExportPage(db, { after, limit: READ_AT_ONCE })
    yield rows
      .map((row) => {
        const cells = toCells(row, currency)
        return writeLine(CSV_COLUMNS.map((column) => quoteFormula(cells[column])))
      })
      .join('')
    const last = rows.at(-1)
    if (rows.length < READ_AT_ONCE || !last) return
    after = last
  }
}
