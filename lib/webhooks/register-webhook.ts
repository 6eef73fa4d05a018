import 'server-only'

import type { Unknown } from '@/lib/domain/payment-gateway'
import { WEBHOOK_EVENTS } from '@/lib/domain/webhook'
import type { WebhookGateway } from '@/lib/domain/webhook-gateway'
import { missingEvents } from '@/lib/domain/webhook-registration'

export type RegisterOutcome = { readonly kind: 'registered' | 'extended' | 'was_there'; readonly id: string } | Unknown

/**
 * Has PayPal tell `url` of all that the shop needs; safe to repeat. Registrations of other addresses are left alone, also the one
 * that is configured: it may be another shop's whose settings were copied.
 */
export async function registerWebhook(webhooks: WebhookGateway, url: string): Promise<RegisterOutcome> {
  const seen = await webhooks.listWebhooks()
  if (seen.kind === 'unknown') return seen
  const known = seen.webhooks.find((webhook) => webhook.url === url)
  if (!known) return webhooks.register({ url, eventTypes: WEBHOOK_EVENTS })
  const missing = missingEvents(known)
  if (missing.length === 0) return { kind: 'was_there', id: known.id }
  const changed = await webhooks.changeEvents(known.id, [...known.eventTypes, ...missing])
  return changed.kind === 'unknown' ? changed : { kind: 'extended', id: known.id }
}
