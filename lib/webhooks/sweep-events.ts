import 'server-only'

import { claimDueEvent, finishEvent, postponeEvent, type WebhookEvent } from '@/db/queries/webhook-events'
import type { PaymentServices } from '@/lib/payments/payment-services'
import { getLog } from '@/lib/runtime/log'

import { processEvent } from './process-event'

const BATCH = 20
/** By number of tries. It never gives up; one that is not done within an hour violates an invariant and is reported. */
const BACKOFF_SECONDS = [5, 15, 60, 300, 1800]

/** Deals with the events in the inbox that are due. Returns how many there were. */
export async function sweepEvents(services: PaymentServices): Promise<number> {
  for (let count = 0; count < BATCH; count++) {
    const event = await claimDueEvent(services.db)
    if (!event) return count
    await sweepEvent(services, event)
  }
  return BATCH
}

async function sweepEvent(services: PaymentServices, event: WebhookEvent): Promise<void> {
  const { id, eventType, tries } = event
  try {
    const processed = await processEvent(services, event)
    if (processed.kind === 'done') {
      await finishEvent(services.db, id, processed.note)
      getLog().info({ eventId: id, eventType, note: processed.note }, 'event dealt with')
      return
    }
    await postpone(services, event, processed.cause)
  } catch (error) {
    getLog().error({ eventId: id, eventType, tries, cause: String(error) }, 'event could not be dealt with')
    await postpone(services, event, String(error).slice(0, 500))
  }
}

async function postpone({ db }: PaymentServices, { id, tries }: WebhookEvent, cause: string): Promise<void> {
  const seconds = BACKOFF_SECONDS[Math.min(tries, BACKOFF_SECONDS.length) - 1] ?? 5
  await postponeEvent(db, id, seconds, cause)
}
