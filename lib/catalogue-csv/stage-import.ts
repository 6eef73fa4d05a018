import 'server-only'

import { randomUUID } from 'node:crypto'

import { inTransaction, type Database } from '@/db/client'
import { insertImport, insertStagedRows } from '@/db/queries/catalogue-imports'
import type { Admin } from '@/lib/admin/admin'
import { CSV_COLUMNS, respellOptions } from '@/lib/domain/catalogue-csv'
import { oneLine } from '@/lib/domain/one-line'

import { FileProblem, readRows, type FileRow } from './read-file'

const INSERT_AT_ONCE = 1_000
/** Longer than any options that can be read: three of 40 and 80 characters, each with a backslash before it. */
const OPTIONS_LENGTH_MAX = 1_000

export type StageOutcome =
  | { readonly kind: 'staged'; readonly importId: string }
  | { readonly kind: 'refused'; readonly problem: string }

/**
 * Takes a file in: all of its rows, or none. Nothing of the catalogue is touched; the worker looks at the rows, and somebody decides.
 */
export async function stageImport(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { fileName, bytes }: { fileName: string; bytes: Buffer },
): Promise<StageOutcome> {
  const importId = randomUUID()
  try {
    const staged: ReturnType<typeof toStaged>[] = []
    for await (const row of readRows(bytes)) staged.push(toStaged(importId, row))
    await inTransaction(db, async (tx) => {
      const { memberId: actorId, email: actorEmail, network } = admin
      const name = oneLine(fileName).slice(0, 120) || 'a file'
      await insertImport(tx, { id: importId, fileName: name, actorId, actorEmail, network, rows: staged.length })
      for (let from = 0; from < staged.length; from += INSERT_AT_ONCE) {
        await insertStagedRows(tx, staged.slice(from, from + INSERT_AT_ONCE))
      }
    })
    return { kind: 'staged', importId }
  } catch (error) {
    if (error instanceof FileProblem) return { kind: 'refused', problem: error.message }
    throw error
  }
}

function toStaged(importId: string, { line, cells, problems }: FileRow) {
  return {
    importId,
    line,
    product: cells.product.slice(0, 200),
    sku: cells.sku.slice(0, 200),
    // However it is spelled, the same variant is found to be in the file twice.
    options: respellOptions(cells.options.slice(0, OPTIONS_LENGTH_MAX)),
    cells: CSV_COLUMNS.map((column) => cells[column]),
    unreadable: problems.length > 0 ? [...problems] : null,
  }
}
