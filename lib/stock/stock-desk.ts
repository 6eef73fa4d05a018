import 'server-only'

import { getDatabase, type Database } from '@/db/client'
import { findStockRow, listMovements, listStock, type Movement, type StockRow } from '@/db/queries/stock-desk'
import { listVariantOptions } from '@/db/queries/variant-options'
import type { Admin } from '@/lib/admin/admin'
import type { StockFilter } from '@/lib/domain/stock-filter'

export const STOCK_SHOWN = 100
export const MOVEMENTS_SHOWN = 50

/** A variant with what makes it what it is, such as `A3, Oak`; empty when there is only one kind. */
export type StockLine = StockRow & { readonly kind: string }

/** A page of the shelves and where the next one begins; null after the last. */
export async function getStockPage(
  db: Database,
  _admin: Admin<'catalogue.read'>,
  filter: StockFilter,
  after: string | null,
): Promise<{ readonly lines: readonly StockLine[]; readonly next: string | null }> {
  const found = await listStock(db, filter, { after, limit: STOCK_SHOWN + 1 })
  const lines = await withKinds(db, found.slice(0, STOCK_SHOWN))
  return { lines, next: found.length > STOCK_SHOWN ? (lines.at(-1)?.sku ?? null) : null }
}

async function withKinds(db: Database, rows: readonly StockRow[]): Promise<StockLine[]> {
  const options = await listVariantOptions(
    db,
    rows.map(({ variantId }) => variantId),
  )
  return rows.map((row) => ({ ...row, kind: (options.get(row.variantId) ?? []).map(({ value }) => value).join(', ') }))
}

export interface VariantStock {
  readonly line: StockLine
  /** The newest first. */
  readonly movements: readonly Movement[]
  readonly hasMore: boolean
}

/** One shelf and what moved on it; `before` is the last movement of the page before. */
export async function getVariantStock(
  db: Database,
  _admin: Admin<'catalogue.read'>,
  typed: string,
  before: number | null,
): Promise<VariantStock | null> {
  const id = parseVariantId(typed)
  const row = id === null ? null : await findStockRow(db, id)
  const [line] = row ? await withKinds(db, [row]) : []
  if (!line) return null
  const found = await listMovements(db, line.variantId, { before, limit: MOVEMENTS_SHOWN + 1 })
  return { line, movements: found.slice(0, MOVEMENTS_SHOWN), hasMore: found.length > MOVEMENTS_SHOWN }
}

/** Whether there is a variant of this id. */
export async function isVariantId(typed: string): Promise<boolean> {
  const id = parseVariantId(typed)
  return id !== null && (await findStockRow(getDatabase(), id)) !== null
}

function parseVariantId(typed: string): number | null {
  return /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : null
}
