import 'server-only'

import type { WebhookFlaw } from '@/lib/domain/webhook-gateway'
import type { WebhookServices } from '@/lib/payments/webhook-services'

import { storeEvent } from './store-event'

export interface RawTransmission {
  readonly header: (name: string) => string | null
  readonly body: Uint8Array
}

export type ReceiveOutcome =
  | { readonly kind: 'stored' | 'known' }
  /** Not to be believed, or nothing that PayPal sends. */
  | { readonly kind: 'refused'; readonly why: WebhookFlaw | 'malformed' }
  /** Cannot be told now: PayPal is to send it again. */
  | { readonly kind: 'unverifiable'; readonly cause: string }

/** Verifies what arrived and keeps it. An error of the database is the caller's to answer so that PayPal sends it again. */
export async function receiveEvent(
  { db, webhooks }: Pick<WebhookServices, 'db' | 'webhooks'>,
  { header, body }: RawTransmission,
): Promise<ReceiveOutcome> {
  const text = readText(body)
  // Before anything else, because PayPal's own verification takes the text into the middle of a JSON document.
  if (text === null || !isJsonObject(text)) return { kind: 'refused', why: 'malformed' }
  const verdict = await webhooks.verify({ header, text })
  if (verdict.kind === 'refused') return verdict
  if (verdict.kind === 'unknown') return { kind: 'unverifiable', cause: verdict.cause }
  const stored = await storeEvent(db, { text, source: 'delivered', transmittedAt: verdict.transmittedAt })
  return stored === 'malformed' ? { kind: 'refused', why: 'malformed' } : { kind: stored }
}

/** Null when it is not the text that its bytes are: what was signed are the bytes. */
function readText(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    return null
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
