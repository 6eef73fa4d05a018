import 'server-only'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import {
  findExportedByProduct,
  findExportedBySku,
  findExportedProducts,
  type ExportedProduct,
  type ExportedRow,
} from '@/db/queries/catalogue-export'
import {
  claimChecking,
  findStagedSkus,
  firstLines,
  listCombinations,
  listStagedRows,
  updateImport,
  writeFindings,
  type ImportRow,
  type StagedRow,
} from '@/db/queries/catalogue-imports'
import { listCategoryRows } from '@/db/queries/category-desk'
import { requireShopSettings } from '@/db/queries/shop'
import { parseCells, toCells, type CatalogueRow, type Cells } from '@/lib/domain/catalogue-csv'
import { IMPORT_BATCH } from '@/lib/domain/catalogue-import'
import type { Currency } from '@/lib/domain/money'

import { countTry } from './count-try'
import { judgeRow, type Surroundings } from './judge-row'
import { cellsOf } from './staged-cells'

/**
 * Looks at the next rows of the oldest import that waits for it: what is wrong with each, or what it would change. Each batch is
 * written by itself, so a worker that dies loses one; the next goes on where it was. What takes the database too long is tried
 * `IMPORT_TRIES_MAX` times. False when nothing waits.
 */
export async function checkNextRows(db: Database): Promise<boolean> {
  let current: string | null = null
  try {
    return await inTransaction(db, async (tx) => {
      const found = await claimChecking(tx)
      if (!found) return false
      current = found.id
      await checkBatch(tx, found)
      return true
    })
  } catch (error) {
    if (current !== null && (await countTry(db, current, error))) return true
    throw error
  }
}

async function checkBatch(tx: Transaction, { id, checked: before, rows: all }: ImportRow): Promise<void> {
  // The heads are row 1.
  const rows = await listStagedRows(tx, id, { after: before + 1, limit: IMPORT_BATCH })
  if (rows.length > 0) await check(tx, id, rows)
  const checked = before + rows.length
  await updateImport(tx, id, { checked, tries: 0, ...(checked >= all ? { state: 'checked' } : {}) })
}

async function check(tx: Transaction, importId: string, rows: readonly StagedRow[]): Promise<void> {
  const { currency } = await requireShopSettings(tx)
  const surroundings = await lookAround(tx, importId, rows, currency)
  const findings = rows.map((staged) => {
    const parsed = parseCells(cellsOf(staged), currency)
    const problems = [...(staged.unreadable ?? []), ...(parsed.kind === 'wrong' ? parsed.problems : [])]
    if (parsed.kind === 'wrong') return { line: staged.line, problems, change: null }
    const judged = judgeRow({ line: staged.line, row: parsed.row }, surroundings)
    const all = [...problems, ...judged.problems]
    return { line: staged.line, problems: all.length > 0 ? all : null, change: all.length > 0 ? null : judged.change }
  })
  await writeFindings(tx, importId, findings)
}

/** Everything beyond a row that decides about it: the rest of its file, and the catalogue as it is. */
async function lookAround(
  tx: Transaction,
  importId: string,
  rows: readonly StagedRow[],
  currency: Currency,
): Promise<Surroundings> {
  const skus = [...new Set(rows.map(({ sku }) => sku))]
  const slugs = [...new Set(rows.map(({ product }) => product))]
  const [bySku, siblings, products, combinations, first, categories] = [
    await findExportedBySku(tx, skus),
    await findExportedByProduct(tx, slugs),
    await findExportedProducts(tx, slugs),
    await listCombinations(tx, importId, slugs),
    await firstLines(tx, importId, { skus, products: slugs }),
    await listCategoryRows(tx),
  ]
  const staged = await findStagedSkus(
    tx,
    importId,
    siblings.map(({ sku }) => sku),
  )
  return {
    currency,
    variants: new Map(bySku.map((row) => [row.sku, { ...row, cells: canonical(row, currency) }])),
    others: Map.groupBy(
      siblings.filter(({ sku }) => !staged.has(sku)),
      ({ product }) => product,
    ),
    products: new Map(products.map((row) => [row.product, { ...row, cells: canonical(whole(row), currency) }])),
    firstOfSku: first.bySku,
    firstOfProduct: new Map(
      [...first.byProduct].map(([slug, row]) => [slug, { line: row.line, cells: cellsOf(row), options: row.options }]),
    ),
    combinations: Map.groupBy(combinations, ({ product }) => product),
    categories: new Set(categories.map(({ slug }) => slug)),
  }
}

/** What is there, spelled as an import would spell it: another spelling is no change. */
function canonical(row: CatalogueRow, currency: Currency): Cells {
  const cells = toCells(row, currency)
  const parsed = parseCells(cells, currency)
  return parsed.kind === 'row' ? toCells(parsed.row, currency) : cells
}

/** A product as a row of which only the product's own part counts. */
function whole(product: ExportedProduct): CatalogueRow {
  const variant: Omit<ExportedRow, keyof ExportedProduct | 'variantId' | 'held' | 'position'> = {
    options: [],
    sku: 'NONE',
    priceMinor: 1,
    weightGrams: 1,
    active: false,
    onHand: 0,
    lowStockAt: null,
  }
  return { ...product, ...variant }
}
