import { and, asc, desc, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm'

import type { RowChange } from '@/lib/domain/catalogue-import'

import type { Queryable, Transaction } from '../client'
import { catalogueImportRows, catalogueImports } from '../schema/catalogue-imports'

export type ImportRow = typeof catalogueImports.$inferSelect
export type StagedRow = typeof catalogueImportRows.$inferSelect

export async function insertImport(tx: Transaction, values: typeof catalogueImports.$inferInsert): Promise<void> {
  await tx.insert(catalogueImports).values(values)
}

export async function insertStagedRows(
  tx: Transaction,
  rows: readonly (typeof catalogueImportRows.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0) await tx.insert(catalogueImportRows).values([...rows])
}

export async function findImport(db: Queryable, id: string): Promise<ImportRow | null> {
  const [row] = await db.select().from(catalogueImports).where(eq(catalogueImports.id, id))
  return row ?? null
}

/** The newest first. */
export async function listImports(db: Queryable, limit: number): Promise<ImportRow[]> {
  return db.select().from(catalogueImports).orderBy(desc(catalogueImports.createdAt)).limit(limit)
}

export async function lockImport(tx: Transaction, id: string): Promise<ImportRow | null> {
  const [row] = await tx.select().from(catalogueImports).where(eq(catalogueImports.id, id)).for('update')
  return row ?? null
}

/** The oldest import whose rows are to be looked at, for the length of the transaction; nobody else gets it meanwhile. */
export async function claimChecking(tx: Transaction): Promise<ImportRow | null> {
  const [row] = await tx
    .select()
    .from(catalogueImports)
    .where(eq(catalogueImports.state, 'checking'))
    .orderBy(asc(catalogueImports.createdAt))
    .limit(1)
    .for('update', { skipLocked: true })
  return row ?? null
}

/** Held until the end of the transaction: one import is written at a time. */
const APPLY_LOCK = 7_301_005

/** The oldest import that is to be written; null when there is none, or another worker writes. Its row stays free to tell how far. */
export async function claimApplying(tx: Transaction): Promise<ImportRow | null> {
  const { rows } = await tx.execute<{ mine: boolean }>(sql`select pg_try_advisory_xact_lock(${APPLY_LOCK}) as mine`)
  if (!rows[0]?.mine) return null
  const [row] = await tx
    .select()
    .from(catalogueImports)
    .where(eq(catalogueImports.state, 'applying'))
    .orderBy(asc(catalogueImports.createdAt))
    .limit(1)
  return row ?? null
}

export async function updateImport(
  db: Queryable,
  id: string,
  values: Partial<Omit<ImportRow, 'id' | 'createdAt'>>,
): Promise<void> {
  await db.update(catalogueImports).set(values).where(eq(catalogueImports.id, id))
}

/** Everything that was found out about rows is forgotten: they are looked at from the first. */
export async function beginAgain(tx: Transaction, id: string, why: string): Promise<void> {
  await tx.update(catalogueImportRows).set({ problems: null, change: null }).where(eq(catalogueImportRows.importId, id))
  await updateImport(tx, id, { state: 'checking', checked: 0, applied: 0, again: why, tries: 0 })
}

/** Rows behind `after`, in the order of the file. */
export async function listStagedRows(
  db: Queryable,
  importId: string,
  { after, limit }: { after: number; limit: number },
): Promise<StagedRow[]> {
  return db
    .select()
    .from(catalogueImportRows)
    .where(and(eq(catalogueImportRows.importId, importId), gt(catalogueImportRows.line, after)))
    .orderBy(asc(catalogueImportRows.line))
    .limit(limit)
}

/** What was found out about rows, by their line. */
export async function writeFindings(
  tx: Transaction,
  importId: string,
  findings: readonly { line: number; problems: readonly string[] | null; change: RowChange | null }[],
): Promise<void> {
  const json = JSON.stringify(findings)
  await tx.execute(sql`
    update ${catalogueImportRows} r set problems = f.problems, change = f.change
    from jsonb_to_recordset(${json}::jsonb) as f(line int, problems jsonb, change jsonb)
    where r.import_id = ${importId} and r.line = f.line`)
}

/** For each of these, the first line of the file on which it is. */
export async function firstLines(
  db: Queryable,
  importId: string,
  { skus, products }: { skus: readonly string[]; products: readonly string[] },
): Promise<{ readonly bySku: ReadonlyMap<string, number>; readonly byProduct: ReadonlyMap<string, StagedRow> }> {
  const r = catalogueImportRows
  const bySku = await db
    .select({ sku: r.sku, line: sql<number>`min(${r.line})` })
    .from(r)
    .where(and(eq(r.importId, importId), inArray(r.sku, [...skus])))
    .groupBy(r.sku)
  const byProduct = await db
    .selectDistinctOn([r.product])
    .from(r)
    .where(and(eq(r.importId, importId), inArray(r.product, [...products])))
    .orderBy(r.product, r.line)
  return {
    bySku: new Map(bySku.map(({ sku, line }) => [sku, line])),
    byProduct: new Map(byProduct.map((row) => [row.product, row])),
  }
}

/** For each of these products, how many rows it has, and the first line with each combination of options. */
export async function listCombinations(
  db: Queryable,
  importId: string,
  products: readonly string[],
): Promise<{ product: string; options: string; line: number; rows: number }[]> {
  const r = catalogueImportRows
  return db
    .select({
      product: r.product,
      options: r.options,
      line: sql<number>`min(${r.line})`,
      rows: sql<number>`count(*)::int`,
    })
    .from(r)
    .where(and(eq(r.importId, importId), inArray(r.product, [...products])))
    .groupBy(r.product, r.options)
}

/** Which of these SKUs are in the file. */
export async function findStagedSkus(db: Queryable, importId: string, skus: readonly string[]): Promise<Set<string>> {
  if (skus.length === 0) return new Set()
  const rows = await db
    .selectDistinct({ sku: catalogueImportRows.sku })
    .from(catalogueImportRows)
    .where(and(eq(catalogueImportRows.importId, importId), inArray(catalogueImportRows.sku, [...skus])))
  return new Set(rows.map(({ sku }) => sku))
}

export interface ImportCounts {
  readonly wrong: number
  readonly newProducts: number
  readonly newVariants: number
  readonly changed: number
  readonly same: number
  /** Rows in which prices, and pieces, change. */
  readonly prices: number
  readonly stock: number
}

export async function countFindings(db: Queryable, importId: string): Promise<ImportCounts> {
  const { rows } = await db.execute<ImportCounts & Record<string, unknown>>(sql`
    select count(*) filter (where problems is not null)::int as wrong,
      count(*) filter (where change ->> 'kind' = 'new_product')::int as "newProducts",
      count(*) filter (where change ->> 'kind' in ('new_product', 'new_variant'))::int as "newVariants",
      count(*) filter (where change ->> 'kind' = 'change')::int as changed,
      count(*) filter (where change ->> 'kind' = 'same')::int as same,
      count(*) filter (where change -> 'columns' ? 'price')::int as prices,
      count(*) filter (where change -> 'columns' ? 'on_hand')::int as stock
    from catalogue_import_rows where import_id = ${importId}`)
  const [counts] = rows
  if (!counts) throw new Error('counting found no row')
  return counts
}

/** The first of the rows that are wrong, or that change something. */
export async function listFindings(
  db: Queryable,
  importId: string,
  which: 'wrong' | 'changing',
  limit: number,
): Promise<StagedRow[]> {
  const r = catalogueImportRows
  const isIt = which === 'wrong' ? isNotNull(r.problems) : sql`${r.change} ->> 'kind' <> 'same'`
  return db
    .select()
    .from(r)
    .where(and(eq(r.importId, importId), isIt))
    .orderBy(asc(r.line))
    .limit(limit)
}

/** Whether something that the import changes is another than when it was looked at. */
export async function isOutdated(tx: Transaction, importId: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select 1 from catalogue_import_rows r left join products p on p.slug = r.product
    where r.import_id = ${importId} and r.change ->> 'kind' <> 'same'
      and p.version is distinct from (r.change ->> 'version')::int limit 1`)
  return rows.length > 0
}

/** SHA-256 over all that the import changes, so that the audit log vouches for the rows that are kept beside it. */
export async function hashChanges(tx: Transaction, importId: string): Promise<string> {
  const { rows } = await tx.execute<{ hash: string }>(sql`
    select encode(sha256(convert_to(coalesce(string_agg(line || ' ' || change::text, e'\n' order by line), ''), 'UTF8')), 'hex') as hash
    from catalogue_import_rows where import_id = ${importId} and change ->> 'kind' <> 'same'`)
  return rows[0]?.hash ?? ''
}
