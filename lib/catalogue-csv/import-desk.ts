import 'server-only'

import { getDatabase, inTransaction, type Database } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import {
  countFindings,
  findImport,
  listFindings,
  listImports,
  lockImport,
  updateImport,
  type ImportCounts,
  type ImportRow,
  type StagedRow,
} from '@/db/queries/catalogue-imports'
import { actorOf, type Admin } from '@/lib/admin/admin'
import type { ImportState } from '@/lib/domain/catalogue-import'

const IMPORTS_SHOWN = 20
const ROWS_SHOWN = 200

export async function getImports(db: Database, _admin: Admin<'catalogue.edit'>): Promise<ImportRow[]> {
  return listImports(db, IMPORTS_SHOWN)
}

export interface ImportDesk {
  readonly found: ImportRow
  readonly counts: ImportCounts
  /** The first of each, as many as can be read. */
  readonly wrong: readonly StagedRow[]
  readonly changing: readonly StagedRow[]
}

export async function getImportDesk(
  db: Database,
  _admin: Admin<'catalogue.edit'>,
  id: string,
): Promise<ImportDesk | null> {
  const found = isUuid(id) ? await findImport(db, id) : null
  if (!found) return null
  const [counts, wrong, changing] = await Promise.all([
    countFindings(db, id),
    listFindings(db, id, 'wrong', ROWS_SHOWN),
    listFindings(db, id, 'changing', ROWS_SHOWN),
  ])
  return { found, counts, wrong, changing }
}

/** Whether there is an import of this id. */
export async function isImportId(id: string): Promise<boolean> {
  return isUuid(id) && (await findImport(getDatabase(), id)) !== null
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

export type DecideOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'not_found' | 'wrong_rows' | 'nothing_to_do' }
  | { readonly kind: 'not_now'; readonly state: ImportState }

/** Lets the worker write an import that was looked at whole and in which nothing is wrong. */
export async function decideImport(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { importId, decision }: { importId: string; decision: 'apply' | 'discard' },
): Promise<DecideOutcome> {
  return inTransaction(db, async (tx): Promise<DecideOutcome> => {
    const found = isUuid(importId) ? await lockImport(tx, importId) : null
    if (!found) return { kind: 'not_found' }
    const isOpen = found.state === 'checked' || (decision === 'discard' && found.state === 'checking')
    if (!isOpen) return { kind: 'not_now', state: found.state }
    if (decision === 'discard') {
      await updateImport(tx, importId, { state: 'discarded', finishedAt: new Date() })
      const entry = { action: 'catalogue.import_discarded', subject: `import ${importId}` } as const
      await appendAudit(tx, { ...actorOf(admin), ...entry, before: null, after: { file: found.fileName } })
      return { kind: 'done' }
    }
    const counts = await countFindings(tx, importId)
    if (counts.wrong > 0) return { kind: 'wrong_rows' }
    if (counts.newVariants + counts.changed === 0) return { kind: 'nothing_to_do' }
    const { memberId: actorId, email: actorEmail, network } = admin
    await updateImport(tx, importId, { state: 'applying', actorId, actorEmail, network, again: null, tries: 0 })
    return { kind: 'done' }
  })
}
