import 'server-only'

import { readNightlyTurn } from '@/db/queries/reconciliation'
import { nightlySpan } from '@/lib/domain/reconciliation'
import { getLog } from '@/lib/runtime/log'

import type { PaymentServices } from '../payment-services'
import { reconcile } from './reconcile'

/** The worker's look: once after 03:00 UTC, an hour later again if it failed, by one process. False when it was not due. */
export async function reconcileNightly(services: PaymentServices): Promise<boolean> {
  const { isDue, now, lastEnd } = await readNightlyTurn(services.db)
  if (!isDue) return false
  const outcome = await reconcile(services, { ...nightlySpan(now, lastEnd), nightly: true })
  if (outcome.kind === 'failed') getLog().error({ cause: outcome.cause }, 'the nightly reconciliation failed')
  return outcome.kind !== 'busy'
}
