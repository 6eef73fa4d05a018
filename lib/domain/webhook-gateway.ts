import type { Unknown } from './payment-gateway'

/** The port to PayPal's webhooks: whether a transmission is PayPal's own, what has happened, and who is told of it. */
export interface WebhookGateway {
  verify(transmission: WebhookTransmission): Promise<WebhookVerdict>
  /** Events of a span, as JSON texts, oldest first. */
  listEvents(span: { readonly from: Date; readonly to: Date }): Promise<ListEventsOutcome>
  listWebhooks(): Promise<{ readonly kind: 'listed'; readonly webhooks: readonly RegisteredWebhook[] } | Unknown>
  register(
    webhook: Omit<RegisteredWebhook, 'id'>,
  ): Promise<{ readonly kind: 'registered'; readonly id: string } | Unknown>
  /** Has a registration told of exactly these events. */
  changeEvents(id: string, eventTypes: readonly string[]): Promise<{ readonly kind: 'changed' } | Unknown>
  /** Has PayPal send an event again, to one registration. */
  resend(eventId: string, webhookId: string): Promise<{ readonly kind: 'sent' } | Unknown>
}

/** What arrived at our door: nothing in it is to be believed before it is verified. */
export interface WebhookTransmission {
  readonly header: (name: string) => string | null
  /** Exactly as it came: signature and verification are over these characters. It is a JSON object. */
  readonly text: string
}

export type WebhookVerdict =
  | { readonly kind: 'genuine'; readonly transmittedAt: Date }
  /** Not PayPal's, not for us, or too old. `why` is for the log. */
  | { readonly kind: 'refused'; readonly why: WebhookFlaw }
  /** Cannot be told now. */
  | { readonly kind: 'unknown'; readonly cause: string }

export type WebhookFlaw =
  | 'header_missing'
  | 'algorithm'
  | 'too_old'
  | 'in_the_future'
  | 'certificate_address'
  | 'certificate_missing'
  | 'certificate_not_valid_then'
  | 'certificate_of_another'
  | 'signature'
  | 'refused_by_paypal'

export type ListEventsOutcome = { readonly kind: 'listed'; readonly events: readonly string[] } | Unknown

export interface RegisteredWebhook {
  readonly id: string
  readonly url: string
  readonly eventTypes: readonly string[]
}
