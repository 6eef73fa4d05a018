import { EVENT_TYPES } from './event-types'
import type { EventRecord, WebhookRecord } from './records'

type Json = Record<string, unknown>

export function webhookRepresentation(origin: string, webhook: WebhookRecord): Json {
  const self = `${origin}/v1/notifications/webhooks/${webhook.id}`
  return {
    id: webhook.id,
    url: webhook.url,
    event_types: webhook.eventTypes.map((name) => ({ name, status: 'ENABLED' })),
    links: [
      { href: self, rel: 'self', method: 'GET' },
      { href: self, rel: 'update', method: 'PATCH' },
      { href: self, rel: 'delete', method: 'DELETE' },
    ],
  }
}

export function eventTypeList(): Json {
  const types = Object.entries(EVENT_TYPES).map(([name, [, version]]) => {
    return { name, status: 'ENABLED', resource_versions: [version] }
  })
  return { event_types: types }
}

export type EventFilter = {
  pageSize: number
  startTime: number | null
  endTime: number | null
  transactionId: string | null
  eventType: string | null
}

/** One page of events, newest first. An older page is asked for with an earlier `end_time`. */
export function eventList(origin: string, events: readonly EventRecord[], filter: EventFilter): Json {
  const page = events
    .filter(
      ({ type, about, createdAt }) =>
        createdAt >= (filter.startTime ?? 0) &&
        createdAt <= (filter.endTime ?? Number.POSITIVE_INFINITY) &&
        (filter.transactionId === null || about.includes(filter.transactionId)) &&
        (filter.eventType === null || type === filter.eventType),
    )
    .toReversed()
    .slice(0, filter.pageSize)
  return {
    events: page.map(({ text }) => JSON.parse(text) as unknown),
    count: page.length,
    links: [{ href: `${origin}/v1/notifications/webhooks-events`, rel: 'self', method: 'GET' }],
  }
}
