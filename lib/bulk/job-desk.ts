import 'server-only'

import { z } from 'zod'

import { getDatabase, type Database } from '@/db/client'
import { findBulkJob, listBulkJobs, listBulkRows } from '@/db/queries/bulk'
import type { Admin } from '@/lib/admin/admin'

const JOBS_SHOWN = 20

/** Whether there is a job of this id. What is in it is asked for by `getJob`. */
export async function isJobId(typed: string): Promise<boolean> {
  const id = z.uuid().safeParse(typed)
  return id.success && (await findBulkJob(getDatabase(), id.data)) !== null
}

/** A job with all of its rows; null when there is none of this id. */
export async function getJob(db: Database, _admin: Admin<'orders.fulfil'>, typed: string) {
  const id = z.uuid().safeParse(typed)
  const job = id.success ? await findBulkJob(db, id.data) : null
  return job && { job, rows: await listBulkRows(db, job.id) }
}

/** The last ones, of everybody. */
export async function getJobs(db: Database, _admin: Admin<'orders.fulfil'>) {
  return listBulkJobs(db, JOBS_SHOWN)
}
