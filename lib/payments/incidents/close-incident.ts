import 'server-only'

import type { Transaction } from '@/db/client'
import { resolveIncident } from '@/db/queries/payment-incidents'

import type { OpenIncident } from './decision'

/**
 * Closes an incident as a person has decided, in the transaction of what that does, and with whatever the caller writes down about it:
 * none of the three is there without the others. False when somebody else was first.
 */
export async function closeIncident(
  tx: Transaction,
  { incident, by, note, onResolved }: OpenIncident,
  resolution: 'adopted' | 'refunded' | 'linked' | 'ignored',
  orderId?: string,
): Promise<boolean> {
  const order = orderId === undefined ? {} : { orderId }
  const resolved = await resolveIncident(tx, incident.id, { resolution, resolvedBy: by, note, ...order })
  if (resolved) await onResolved(tx, resolved)
  return resolved !== null
}
