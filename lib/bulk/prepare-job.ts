import 'server-only'

import { randomUUID } from 'node:crypto'

import { inTransaction, type Database } from '@/db/client'
import { insertBulkJob, readFulfillable } from '@/db/queries/bulk'
import type { Admin } from '@/lib/admin/admin'
import { BULK_ROWS_MAX, judgeBulk, type ActKind, type BulkRow } from '@/lib/domain/bulk'

export type PrepareOutcome = { readonly kind: 'prepared' } | { readonly kind: 'empty' | 'too_many' }

/** Looks at each row and keeps what is wrong with it. Nothing is done to any order until the job is started. */
export async function prepareJob(
  db: Database,
  admin: Admin<'orders.fulfil'>,
  { jobId, kind, rows }: { jobId: string; kind: ActKind; rows: readonly BulkRow[] },
): Promise<PrepareOutcome> {
  if (rows.length === 0) return { kind: 'empty' }
  if (rows.length > BULK_ROWS_MAX) return { kind: 'too_many' }
  const readable = rows.filter(({ problem }) => problem === null).map(({ orderNumber }) => orderNumber)
  const found = await readFulfillable(db, readable)
  const judged = rows.map(({ problem, ...row }) => {
    const note = problem ?? judgeBulk(kind, found.get(row.orderNumber) ?? null)
    return { ...row, shipmentId: randomUUID(), state: note === null ? 'ready' : 'wrong', note: note ?? '' } as const
  })
  const { memberId, network } = admin
  await inTransaction(db, (tx) => insertBulkJob(tx, { id: jobId, kind, memberId, network }, judged))
  return { kind: 'prepared' }
}
