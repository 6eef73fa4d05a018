import 'server-only'

import { inTransaction, isPassingFault, postgresCode, type Database, type Transaction } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import {
  countVersions,
  findOrMakeValues,
  findProductIds,
  findTwins,
  insertImportedVariants,
  insertProducts,
  lockProductsOfImport,
  replaceValues,
  updateImportedVariants,
  updateProducts,
} from '@/db/queries/catalogue-apply'
import {
  beginAgain,
  claimApplying,
  countFindings,
  hashChanges,
  isOutdated,
  listStagedRows,
  lockImport,
  updateImport,
  type ImportRow,
  type StagedRow,
} from '@/db/queries/catalogue-imports'
import { noteCatalogueChange } from '@/db/queries/outbox'
import { requireShopSettings } from '@/db/queries/shop'
import { moveManyShelves, openShelves, type StockAct, type StockLine } from '@/db/queries/stock'
import { findStaffActor } from '@/lib/admin/admin'
import { parseCells, PRODUCT_COLUMNS, type CatalogueRow } from '@/lib/domain/catalogue-csv'
import { IMPORT_BATCH, type RowChange } from '@/lib/domain/catalogue-import'
import type { Currency } from '@/lib/domain/money'
import { getLog } from '@/lib/runtime/log'

import { countTry } from './count-try'
import { cellsOf } from './staged-cells'

/** Why an import is not written as it was decided: it is looked at once more, and somebody decides again. */
class Outdated extends Error {}

const CHANGED_MEANWHILE = 'Meanwhile somebody changed products that are in the file.'
const HELD_MEANWHILE = 'Meanwhile buyers who are paying hold more pieces than would be left.'

/**
 * Writes the oldest import that somebody has decided to apply: all of it in one transaction, so that nobody ever sees half, and a
 * worker that dies leaves nothing behind, and the next one writes it; so it is after a fault of the moment, which is thrown, but what
 * takes the database too long is tried `IMPORT_TRIES_MAX` times. What fails
 * by itself is looked at anew and decided again: left as it was it would fail for ever, and no other could be written. How far it is,
 * is told beside the transaction. False when nothing waits.
 */
export async function applyNextImport(db: Database): Promise<boolean> {
  let current: ImportRow | null = null
  try {
    return await inTransaction(db, async (tx) => {
      current = await claimApplying(tx)
      if (!current) return false
      await apply(tx, db, current)
      return true
    })
  } catch (error) {
    if (!current) throw error
    const { id } = current as ImportRow
    if (await countTry(db, id, error)) return true
    if (isPassingFault(error)) throw error
    const why = reasonOf(error, id)
    await inTransaction(db, async (tx) => {
      // A commit whose answer was lost is done all the same.
      if ((await lockImport(tx, id))?.state === 'applying') await beginAgain(tx, id, why)
    })
    return true
  }
}

/** A SKU or an address that somebody else has taken meanwhile is found by the database. */
function reasonOf(error: unknown, importId: string): string {
  if (error instanceof Outdated) return error.message
  if (postgresCode(error) === '23505') return CHANGED_MEANWHILE
  const cause = error instanceof Error ? (error.cause ?? error) : error
  getLog().error({ cause: String(cause), importId }, 'an import could not be written')
  return `Writing it failed. Decide again; if it fails once more, tell whoever runs the server, and name import ${importId}.`
}

async function apply(tx: Transaction, db: Database, { id, actorId, actorEmail, network, fileName }: ImportRow) {
  // Their second factor was asked for when they decided; whether they may is asked now.
  if (!(await findStaffActor(tx, actorId, 'catalogue.edit', network))) {
    throw new Outdated(`${actorEmail}, who decided that it is written, may not do that any more.`)
  }
  const { currency } = await requireShopSettings(tx)
  await lockProductsOfImport(tx, id)
  if (await isOutdated(tx, id)) throw new Outdated(CHANGED_MEANWHILE)
  const act = { reason: 'import', ref: id, note: '', actorEmail } as const
  const moves: StockLine[] = []
  for (let after = 1; ;) {
    const staged = await listStagedRows(tx, id, { after, limit: IMPORT_BATCH })
    const last = staged.at(-1)
    if (!last) break
    moves.push(...(await writeBatch(tx, act, toDecided(staged, currency), currency)))
    after = last.line
    await updateImport(db, id, { applied: after - 1 })
  }
  // Looking at each row has found what is twice in the file; here the catalogue is as it will be, whatever led to it.
  const twins = await findTwins(tx, id)
  if (twins) throw new Outdated(`${twins.join(' and ')} would be the same variant of one product.`)
  // Last, so that whoever buys waits for as short as can be.
  if ((await moveManyShelves(tx, act, moves)).length > 0) throw new Outdated(HELD_MEANWHILE)
  await countVersions(tx, id)
  await noteCatalogueChange(tx, [])
  const counts = await countFindings(tx, id)
  await appendAudit(tx, {
    actorId,
    actorEmail,
    network,
    action: 'catalogue.import_applied',
    subject: `import ${id}`,
    before: null,
    after: { file: fileName, ...counts, changes: await hashChanges(tx, id) },
  })
  await updateImport(tx, id, { state: 'applied', finishedAt: new Date(), again: null })
}

interface Decided {
  readonly row: CatalogueRow
  readonly change: RowChange
}

/** Rows that change something, read once more. What was right when it was decided is right now. */
function toDecided(staged: readonly StagedRow[], currency: Currency): Decided[] {
  return staged.flatMap((each) => {
    const { change } = each
    if (!change || change.kind === 'same') return []
    const parsed = parseCells(cellsOf(each), currency)
    if (parsed.kind === 'wrong') throw new Error(`row ${each.line} was readable before`)
    return [{ row: parsed.row, change }]
  })
}

/** Everything but pieces that move: those are answered. */
async function writeBatch(
  tx: Transaction,
  act: StockAct,
  decided: readonly Decided[],
  currency: Currency,
): Promise<StockLine[]> {
  if (decided.length === 0) return []
  const isOfProduct = ({ change }: Decided) => PRODUCT_COLUMNS.some((column) => change.columns[column] !== undefined)
  await insertProducts(
    tx,
    decided.filter(({ change }) => change.kind === 'new_product').map(({ row }) => row),
  )
  await updateProducts(
    tx,
    decided.filter(isOfProduct).map(({ row }) => row),
  )
  const productIds = await findProductIds(tx, [...new Set(decided.map(({ row }) => row.product))])
  const productIdOf = ({ product }: CatalogueRow) => productIds.get(product) ?? 0
  const added = decided.filter(({ change }) => change.kind !== 'change').map(({ row }) => row)
  const changed = decided.filter(({ change }) => change.kind === 'change')
  const newIds = await insertImportedVariants(
    tx,
    added.map((row) => ({ ...row, productId: productIdOf(row), currency })),
  )
  const oldIds = await updateImportedVariants(
    tx,
    changed.map(({ row }) => row),
  )
  await writeOptions(tx, [
    ...added.map((row) => ({ row, productId: productIdOf(row), variantId: newIds.get(row.sku) ?? 0 })),
    ...changed
      .filter(({ change }) => change.columns.options !== undefined)
      .map(({ row }) => ({ row, productId: productIdOf(row), variantId: oldIds.get(row.sku) ?? 0 })),
  ])
  await openShelves(
    tx,
    act,
    added.map(({ sku, onHand }) => ({ variantId: newIds.get(sku) ?? 0, onHand })),
  )
  return changed.flatMap(({ row, change }) => {
    const [before, after] = change.columns.on_hand ?? []
    // What was decided is the difference: what was sold meanwhile is not put back by it.
    return before === undefined
      ? []
      : [{ variantId: oldIds.get(row.sku) ?? 0, quantity: Number(after) - Number(before) }]
  })
}

async function writeOptions(
  tx: Transaction,
  rows: readonly { row: CatalogueRow; productId: number; variantId: number }[],
): Promise<void> {
  if (rows.length === 0) return
  const uses = rows.flatMap(({ row, productId }) => row.options.map((option) => ({ productId, ...option })))
  const idsOf = await findOrMakeValues(tx, uses)
  await replaceValues(
    tx,
    rows.map(({ variantId }) => variantId),
    rows.flatMap(({ row, productId, variantId }) =>
      row.options.map((option) => ({ variantId, ...idsOf({ productId, ...option }) })),
    ),
  )
}
