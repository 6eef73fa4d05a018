import 'server-only'

import { z } from 'zod'

import { getDatabase, type Database } from '@/db/client'
import { findBulkJob, listBulkJobs, listBulkRows } from '@/db/queries/bulk'
import type { Admin } from '@/lib/admin/admin'
import { isFileKind, type FILE_PERMISSIONS, type FileKind } from '@/lib/domain/bulk'

const JOBS_SHOWN = 20

/** Whether there is a job of this id. What is in it is asked for by `getJob`. */
export async function isJobId(typed: string): Promise<boolean> {
  const id = z.uuid().safeParse(typed)
  return id.success && (await findBulkJob(getDatabase(), id.data)) !== null
}

/** What file a job makes, by which a door knows whom to let in; null for one that makes none. */
export async function findFileKind(db: Database, typed: string): Promise<FileKind | null> {
  const id = z.uuid().safeParse(typed)
  const job = id.success ? await findBulkJob(db, id.data) : null
  return job && isFileKind(job.kind) ? job.kind : null
}

/** Those that a file is asked for, and those that are in it. */
export interface FileOrders {
  readonly asked: readonly string[]
  readonly inFile: readonly string[]
}

/** Null while not all of them have been looked at. */
export async function getFileOrders<Kind extends FileKind>(
  db: Database,
  _admin: Admin<(typeof FILE_PERMISSIONS)[Kind]>,
  _kind: Kind,
  jobId: string,
): Promise<FileOrders | null> {
  const job = await findBulkJob(db, jobId)
  if (!job?.finishedAt) return null
  const rows = await listBulkRows(db, jobId)
  const numbers = (those: typeof rows) => those.map(({ orderNumber }) => orderNumber)
  return { asked: numbers(rows), inFile: numbers(rows.filter(({ state }) => state === 'done')) }
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
