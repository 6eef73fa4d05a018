import 'server-only'

import { recordCatchUp, takeCatchUpTurn } from '@/db/queries/webhook-events'
import type { WebhookServices } from '@/lib/payments/webhook-services'
import { getLog } from '@/lib/runtime/log'

import { storeEvent } from './store-event'

const EVERY_MINUTES = 15

/**
 * Asks PayPal what has happened, for whatever did not reach our door: a shop that was away, a wrong registration, a firewall.
 * One process at a time. @returns how many events were missing; null when it was nobody's turn, or PayPal gave no answer.
 */
export async function catchUpEvents({ db, webhooks }: WebhookServices): Promise<number | null> {
  const turn = await takeCatchUpTurn(db, EVERY_MINUTES)
  if (!turn) return null
  const listed = await webhooks.listEvents(turn)
  if (listed.kind === 'unknown') {
    getLog().warn({ cause: listed.cause }, 'PayPal does not list its events')
    return null
  }
  let missing = 0
  for (const text of listed.events) {
    if ((await storeEvent(db, { text, source: 'caught_up', transmittedAt: null })) === 'stored') missing += 1
  }
  await recordCatchUp(db, turn.to)
  if (missing > 0) getLog().warn({ missing, ...turn }, 'events of PayPal had not been delivered')
  return missing
}
