import 'server-only'

import type { Database } from '@/db/client'
import { findBulkJob, startBulkJob } from '@/db/queries/bulk'
import type { Admin } from '@/lib/admin/admin'

/** Hands a job to the worker. Only whoever has prepared it: it acts in their name. Started twice, it goes on as it was. */
export async function startJob(
  db: Database,
  admin: Admin<'orders.fulfil'>,
  jobId: string,
): Promise<{ readonly kind: 'started' | 'not_found' | 'anothers' }> {
  const job = await findBulkJob(db, jobId)
  if (!job) return { kind: 'not_found' }
  if (job.memberId !== admin.memberId) return { kind: 'anothers' }
  await startBulkJob(db, jobId)
  return { kind: 'started' }
}
