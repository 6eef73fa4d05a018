import type { Spoil, SpoilKind } from './spoils'

/** An address that wants to hear of events. `eventTypes` of `['*']` means all. */
export type WebhookRecord = { id: string; url: string; eventTypes: string[]; createdAt: number }

/** Something that happened, with the exact text that is delivered. Times are milliseconds of the simulated clock. */
export type EventRecord = {
  id: string
  type: string
  /** Ids of the resource and of the payment it belongs to: what `transaction_id` filters by. */
  about: string[]
  createdAt: number
  text: string
}

/** One try. `status` null: nobody answered, `error` says why. */
export type Attempt = { at: number; status: number | null; error?: string; spoil?: SpoilKind }

export type DeliveryState = 'waiting' | 'delivered' | 'given_up' | 'dropped'

/** One event on its way to one address, with all its retries. */
export type DeliveryRecord = {
  id: string
  eventId: string
  eventType: string
  webhookId: string
  url: string
  /** The time that is signed: that of the first try; null before it. Retries repeat it. */
  transmittedAt: number | null
  dueAt: number
  state: DeliveryState
  attempts: Attempt[]
  /** Disturbs the first try only. */
  spoil: Spoil | null
}
