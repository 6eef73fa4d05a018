import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { releaseHold } from '@/db/queries/order-holds'
import { resolveIncident, type PaymentIncident } from '@/db/queries/payment-incidents'
import { getLog } from '@/lib/runtime/log'

/** Ends an incident that needs nobody any more. False when a person was first. */
export async function settleIncident(db: Database, incident: PaymentIncident): Promise<boolean> {
  const { id, key, kind, orderId, paypalCaptureId } = incident
  const note = 'What was wrong is no longer so.'
  const resolved = await inTransaction(db, async (tx) => {
    if (kind === 'order_without_money' && orderId !== null && paypalCaptureId !== null) {
      await releaseHold(tx, orderId, 'unpaid', paypalCaptureId)
    }
    return resolveIncident(tx, id, { resolution: 'settled', resolvedBy: 'system', note })
  })
  if (resolved) getLog().info({ incident: key }, 'an incident is over')
  return resolved !== null
}
