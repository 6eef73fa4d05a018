/** What staff do to an order that its timeline shows. */
export const ORDER_EVENTS = [
  'processing',
  'reopened',
  'shipped',
  'parcel_corrected',
  'parcel_told_again',
  'sending_ended',
  'delivered',
  'cancelled',
  'refunded',
  'returned',
  'held',
  'released',
  'note',
  'address_changed',
  'mail_resent',
  'return_requested',
  'return_approved',
  'return_refused',
  'return_received',
  'return_refunded',
] as const
export type OrderEventKind = (typeof ORDER_EVENTS)[number]

export interface OrderEventData {
  /** A note, or why. */
  readonly text?: string
  readonly carrier?: string
  readonly trackingNumber?: string
  /** Of a refund, in minor units of the order's currency. */
  readonly amountMinor?: number
  /** The key of the first mail of which this is another. */
  readonly mail?: string
}

/** In the place of an address: who bought is erased elsewhere, and events stay as they are. */
export const BUYER = 'buyer'

export const NOTE_MAX = 2_000
export const REASON_MAX = 500

/**
 * The note of a form. It is read beyond what may be kept, so that one that is too long is refused and never cut. A browser counts an
 * end of line as one character and sends two; no text in Postgres has a NUL.
 */
export function readNote(sent: unknown): { readonly text: string; readonly problem: string | null } {
  const typed = typeof sent === 'string' ? sent.slice(0, 5 * NOTE_MAX) : ''
  const text = typed.replaceAll('\0', '').replaceAll('\r\n', '\n').trim()
  if (text === '') return { text, problem: 'Write something first.' }
  return { text, problem: text.length > NOTE_MAX ? `Keep it under ${NOTE_MAX} characters.` : null }
}
