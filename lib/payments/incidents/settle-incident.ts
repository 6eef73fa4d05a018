import 'server-only'

import type { Database } from '@/db/client'
import { resolveIncident, type PaymentIncident } from '@/db/queries/payment-incidents'
import { getLog } from '@/lib/runtime/log'

/** Ends an incident that needs nobody any more. False when a person was first. */
export async function settleIncident(db: Database, { id, key }: PaymentIncident): Promise<boolean> {
  const note = 'What was wrong is no longer so.'
  const resolved = await resolveIncident(db, id, { resolution: 'settled', resolvedBy: 'system', note })
  if (resolved) getLog().info({ incident: key }, 'an incident is over')
  return resolved !== null
}
