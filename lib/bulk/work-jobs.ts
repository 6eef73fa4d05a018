import 'server-only'

import type { Database } from '@/db/client'
import {
  claimBulkJob,
  finishBulkJob,
  finishBulkRow,
  listReadyRows,
  releaseBulkJob,
  type BulkRowRow,
  type ClaimedJob,
} from '@/db/queries/bulk'
import { findStaffActor, type Admin } from '@/lib/admin/admin'
import { FILE_PERMISSIONS, isFileKind, type ActKind, type FileKind } from '@/lib/domain/bulk'
import type { ActOutcome } from '@/lib/fulfilment/act-on-order'
import { stepOrder } from '@/lib/fulfilment/move-order'
import { shipOrder } from '@/lib/fulfilment/ship-order'
import { getLog } from '@/lib/runtime/log'

import { findWhyLeftOut } from './find-why-left-out'

/** Well within the lease of a job. */
const ROWS_AT_ONCE = 50

/**
 * The worker's part: one piece of one job. A row is done by the verb that does it on the order's own page, and written down after it;
 * when the power goes in between, the verb is called again and finds it done. For a file it is seen what there is of each order; the
 * file itself is made when it is asked for, so that nobody's address is kept twice. @returns whether there is more.
 */
export async function workJobs(db: Database): Promise<'more' | 'idle'> {
  const job = await claimBulkJob(db)
  if (!job) return 'idle'
  const rows = await listReadyRows(db, job.id, ROWS_AT_ONCE)
  for (const row of rows) await finishBulkRow(db, row, await doRow(db, job, row))
  if (rows.length < ROWS_AT_ONCE) await finishBulkJob(db, job.id)
  else await releaseBulkJob(db, job.id)
  return 'more'
}

type Result = { readonly state: 'done' | 'failed'; readonly note: string }
const DONE: Result = { state: 'done', note: '' }
const failed = (note: string): Result => ({ state: 'failed', note })

async function doRow(db: Database, job: ClaimedJob, row: BulkRowRow): Promise<Result> {
  const { kind } = job
  try {
    return isFileKind(kind) ? await lookAtRow(db, { ...job, kind }, row) : await actOnRow(db, { ...job, kind }, row)
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error
    getLog().error({ cause: String(cause), jobId: row.jobId, position: row.position }, 'a row of a job failed')
    return failed('It failed; the log has the error.')
  }
}

// Both ask for each row who it is for: whoever is shut out in the middle does nothing more.
const SHUT_OUT = failed('Whoever began this may not do it any more.')

async function actOnRow(db: Database, job: ClaimedJob & { kind: ActKind }, row: BulkRowRow): Promise<Result> {
  const admin = await findStaffActor(db, job.memberId, 'orders.fulfil', job.network)
  return admin ? toResult(await act(db, admin, job.kind, row)) : SHUT_OUT
}

async function lookAtRow(db: Database, job: ClaimedJob & { kind: FileKind }, row: BulkRowRow): Promise<Result> {
  const admin = await findStaffActor(db, job.memberId, FILE_PERMISSIONS[job.kind], job.network)
  if (!admin) return SHUT_OUT
  const why = await findWhyLeftOut(db, job.kind, row.orderNumber)
  return why === null ? DONE : failed(why)
}

async function act(db: Database, admin: Admin<'orders.fulfil'>, kind: ActKind, row: BulkRowRow) {
  const { orderNumber, carrier, trackingNumber, shipmentId } = row
  const order = { orderNumber, seenEventId: null }
  return kind === 'start'
    ? stepOrder(db, admin, 'start', order)
    : shipOrder(db, admin, { ...order, shipmentId, carrier, trackingNumber, items: 'rest' })
}

function toResult(outcome: ActOutcome): Result {
  switch (outcome.kind) {
    case 'done':
      return DONE
    case 'illegal':
      // Somebody packs it, perhaps this very job before it was interrupted: that is what was wanted.
      return outcome.from === 'processing' ? DONE : failed('Meanwhile it has gone on.')
    case 'held':
      return failed('It is held.')
    case 'nothing_to_ship':
      return failed('Nothing of it is left to send.')
    default:
      return failed('It is not there any more.')
  }
}
