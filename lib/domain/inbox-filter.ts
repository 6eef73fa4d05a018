import { oneLine } from './one-line'
import { WEBHOOK_EVENTS } from './webhook'

export const INBOX_STATES = ['waiting', 'trouble', 'done'] as const
export type InboxStateFilter = (typeof INBOX_STATES)[number]

/** Which of PayPal's events a list shows. It is the page's address. */
export interface InboxFilter {
  /** An event's id, or that of an order, a capture or whatever else it is about; null for all. */
  readonly id: string | null
  readonly eventType: string | null
  readonly state: InboxStateFilter | null
}

/** Those that PayPal is asked to tell of; others are kept as well, and found by their ids. */
export const INBOX_TYPES: readonly string[] = WEBHOOK_EVENTS

/** What cannot be understood of an address is left out. */
export function parseInboxFilter(asked: Readonly<Record<string, string | readonly string[] | undefined>>): InboxFilter {
  const one = (name: string) => {
    const value = asked[name]
    return oneLine(typeof value === 'string' ? value : (value?.[0] ?? ''))
  }
  const id = one('q').slice(0, 100)
  return {
    id: id === '' ? null : id,
    eventType: INBOX_TYPES.find((type) => type === one('type')) ?? null,
    state: INBOX_STATES.find((state) => state === one('state')) ?? null,
  }
}

/** The address's query for a filter, with changes; what says nothing is left out. */
export function inboxQuery(filter: InboxFilter, more: Readonly<Record<string, string>> = {}): string {
  const parts = { q: filter.id ?? '', type: filter.eventType ?? '', state: filter.state ?? '', ...more }
  return new URLSearchParams(Object.entries(parts).filter(([, value]) => value !== '')).toString()
}
