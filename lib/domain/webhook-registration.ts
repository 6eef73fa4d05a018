import { WEBHOOK_EVENTS } from './webhook'
import type { RegisteredWebhook } from './webhook-gateway'

/** What is wrong with the registration that a shop relies on. */
export type RegistrationFault =
  /** PAYPAL_WEBHOOK_ID is not set, so nothing that arrives can be verified. */
  | { readonly kind: 'no_id' }
  /** PayPal has no registration of that id for these credentials. */
  | { readonly kind: 'unknown_id'; readonly id: string }
  | { readonly kind: 'other_address'; readonly id: string; readonly url: string }
  | { readonly kind: 'events_missing'; readonly id: string; readonly eventTypes: readonly string[] }

/** Where PayPal is to deliver. */
export function webhookAddress(appUrl: string): string {
  return `${appUrl.replace(/\/$/, '')}/api/paypal/webhooks`
}

/** The events that we need and PayPal would not tell. PayPal's `*` stands for all. */
export function missingEvents({ eventTypes }: RegisteredWebhook): string[] {
  return eventTypes.includes('*') ? [] : WEBHOOK_EVENTS.filter((name) => !eventTypes.includes(name))
}

/** Compares what PayPal has with what the shop at `url`, configured with `id`, needs. Empty: all is well. */
export function findRegistrationFaults(
  registered: readonly RegisteredWebhook[],
  { id, url }: { readonly id: string | null; readonly url: string },
): RegistrationFault[] {
  if (id === null) return [{ kind: 'no_id' }]
  const own = registered.find((webhook) => webhook.id === id)
  if (!own) return [{ kind: 'unknown_id', id }]
  const eventTypes = missingEvents(own)
  return [
    ...(own.url === url ? [] : [{ kind: 'other_address' as const, id, url: own.url }]),
    ...(eventTypes.length === 0 ? [] : [{ kind: 'events_missing' as const, id, eventTypes }]),
  ]
}
