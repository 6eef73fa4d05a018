import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import {
  findReconciliationRequest,
  insertReconciliationRequest,
  listRuns,
  type ReconciliationRun,
} from '@/db/queries/reconciliation'

import { actorOf, type Admin } from './admin'

export type { ReconciliationRun }

const SHOWN = 100

/** The last comparisons with PayPal's list, and the one that somebody waits for. */
export async function getComparisons(db: Database, _admin: Admin<'payments.read'>) {
  const [runs, request] = await Promise.all([listRuns(db, SHOWN), findReconciliationRequest(db)])
  return { runs, request }
}

/** Has the worker compare the last days now: it may take minutes, and goes on when the page is closed. */
export async function requestComparison(
  db: Database,
  admin: Admin<'payments.decide'>,
  days: number,
): Promise<{ readonly kind: 'requested' | 'waits_already' }> {
  return inTransaction(db, async (tx) => {
    if (!(await insertReconciliationRequest(tx, { requestedBy: admin.email, days }))) return { kind: 'waits_already' }
    await appendAudit(tx, {
      ...actorOf(admin),
      action: 'comparison.requested',
      subject: 'comparison',
      before: null,
      after: { days },
    })
    return { kind: 'requested' }
  })
}
