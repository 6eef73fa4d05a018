import 'server-only'

import type { Unknown } from '@/lib/domain/payment-gateway'
import { WEBHOOK_EVENTS, WebhookEnvelope } from '@/lib/domain/webhook'
import type { WebhookGateway } from '@/lib/domain/webhook-gateway'

/** By id, or all of our kinds that happened since then. */
export type WhichEvents = { readonly ids: readonly string[] } | { readonly since: Date }

export type ResendOutcome =
  | { readonly kind: 'asked'; readonly sent: readonly string[]; readonly notSent: readonly NotSent[] }
  /** PayPal does not list what happened. */
  | Unknown

export interface NotSent {
  readonly eventId: string
  readonly cause: string
}

/** Has PayPal deliver events again to the registration `webhookId`, oldest first. */
export async function resendEvents(
  webhooks: WebhookGateway,
  webhookId: string,
  which: WhichEvents,
): Promise<ResendOutcome> {
  const listed = 'ids' in which ? which : await listSince(webhooks, which.since)
  if (!('ids' in listed)) return listed
  const sent: string[] = []
  const notSent: NotSent[] = []
  for (const eventId of listed.ids) {
    const outcome = await webhooks.resend(eventId, webhookId)
    if (outcome.kind === 'sent') sent.push(eventId)
    else notSent.push({ eventId, cause: outcome.cause })
  }
  return { kind: 'asked', sent, notSent }
}

async function listSince(webhooks: WebhookGateway, from: Date): Promise<{ readonly ids: string[] } | Unknown> {
  const listed = await webhooks.listEvents({ from, to: new Date() })
  if (listed.kind === 'unknown') return listed
  const envelopes = listed.events.map((text) => WebhookEnvelope.parse(JSON.parse(text)))
  const ours = envelopes.filter(({ event_type: type }) => WEBHOOK_EVENTS.some((name) => name === type))
  return { ids: ours.map(({ id }) => id) }
}
