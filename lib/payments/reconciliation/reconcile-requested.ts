import 'server-only'

import { deleteReconciliationRequest, findReconciliationRequest } from '@/db/queries/reconciliation'

import type { PaymentServices } from '../payment-services'
import { reconcile } from './reconcile'

const DAY_MS = 86_400_000

/**
 * The comparison that somebody in the back office waits for, if one does. The request stays until it is over: a worker that dies
 * leaves it to the next one. False when there was none, or another comparison is under way.
 */
export async function reconcileRequested(services: PaymentServices): Promise<boolean> {
  const request = await findReconciliationRequest(services.db)
  if (!request) return false
  const to = new Date()
  const from = new Date(to.getTime() - request.days * DAY_MS)
  const outcome = await reconcile(services, { from, to, requestedBy: request.requestedBy })
  if (outcome.kind === 'busy') return false
  await deleteReconciliationRequest(services.db, request)
  return true
}
