import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { wakeForHint } from '@/db/queries/attempt-hints'
import { insertWebhookEvent } from '@/db/queries/webhook-events'
import { readHint, WebhookEnvelope } from '@/lib/domain/webhook'

/** PayPal tells of an approval some seconds before it lets the buyer's browser go on, which then finishes by itself. */
const PATIENCE_SECONDS = 5

export interface ArrivedEvent {
  /** The event as it came, or as PayPal lists it. */
  readonly text: string
  readonly source: 'delivered' | 'caught_up'
  /** Null for one that was not transmitted. */
  readonly transmittedAt: Date | null
}

/**
 * Puts an event into the inbox and wakes what it is about, both or neither. Afterwards PayPal may forget the event.
 * `malformed`: it has not the form of an event.
 */
export async function storeEvent(db: Database, arrived: ArrivedEvent): Promise<'stored' | 'known' | 'malformed'> {
  const envelope = WebhookEnvelope.safeParse(parseJson(arrived.text))
  if (!envelope.success) return 'malformed'
  const { eventType, occurredAt, resourceId, paypalOrderId, paypalCaptureId } = readHint(envelope.data)
  const isNew = await inTransaction(db, async (tx) => {
    const stored = await insertWebhookEvent(
      tx,
      {
        id: envelope.data.id,
        eventType,
        occurredAt,
        resourceId,
        paypalOrderId,
        paypalCaptureId,
        body: arrived.text,
        transmittedAt: arrived.transmittedAt ?? occurredAt ?? new Date(),
        source: arrived.source,
      },
      PATIENCE_SECONDS,
    )
    if (stored) await wakeForHint(tx, { paypalOrderId, paypalCaptureId }, PATIENCE_SECONDS)
    return stored
  })
  return isNew ? 'stored' : 'known'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
