import 'server-only'

import { randomUUID } from 'node:crypto'

import { inTransaction, type Database } from '@/db/client'
import { insertBulkJob, startBulkJob } from '@/db/queries/bulk'
import type { Admin } from '@/lib/admin/admin'
import { FILE_ROWS_MAX, type FILE_PERMISSIONS, type FileKind } from '@/lib/domain/bulk'

export type StartFileOutcome =
  | { readonly kind: 'started'; readonly jobId: string }
  | { readonly kind: 'empty' | 'too_many' }

/** Hands orders to the worker, which sees what there is of each. Nothing leaves the shop by it: that is asked for anew. */
export async function startFileJob<Kind extends FileKind>(
  db: Database,
  { memberId, network }: Admin<(typeof FILE_PERMISSIONS)[Kind]>,
  kind: Kind,
  orderNumbers: readonly string[],
): Promise<StartFileOutcome> {
  if (orderNumbers.length === 0) return { kind: 'empty' }
  if (orderNumbers.length > FILE_ROWS_MAX[kind]) return { kind: 'too_many' }
  const jobId = randomUUID()
  const rows = orderNumbers.map(
    (orderNumber) => ({ orderNumber, carrier: '', shipmentId: randomUUID(), state: 'ready' }) as const,
  )
  await inTransaction(db, async (tx) => {
    await insertBulkJob(tx, { id: jobId, kind, memberId, network }, rows)
    await startBulkJob(tx, jobId)
  })
  return { kind: 'started', jobId }
}
