import { newResourceId, newTransmissionId } from '../ids'
import { answered, refusedWith, type Outcome } from '../outcome'
import { isObject } from '../orders/field-checks'
import { detail, refuse } from '../refusals'
import type { Simulator } from '../simulator'
import { deliveriesOf, recordEvent } from './raise-events'
import type { DeliveryRecord } from './records'
import { webhookNotFound } from './webhook-operations'
import { eventList } from './webhook-representations'

const PAGE_SIZE_MAX = 300

export function listEvents(simulator: Simulator, origin: string, query: Record<string, string>): Outcome {
  const pageSize = Number(query['page_size'] ?? 10)
  const [startTime, endTime] = [readTime(query['start_time']), readTime(query['end_time'])]
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > PAGE_SIZE_MAX) return wrongQuery('page_size')
  if (Number.isNaN(startTime)) return wrongQuery('start_time')
  if (Number.isNaN(endTime)) return wrongQuery('end_time')
  const [transactionId, eventType] = [query['transaction_id'] ?? null, query['event_type'] ?? null]
  const filter = { pageSize, startTime, endTime, transactionId, eventType }
  return answered(eventList(origin, simulator.state.events(), filter))
}

function readTime(text: string | undefined): number | null {
  return text === undefined ? null : Date.parse(text)
}

function wrongQuery(field: string): Outcome {
  return refusedWith(refuse(detail('INVALID_PARAMETER_VALUE', { field, location: 'query' })))
}

export function showEvent(simulator: Simulator, id: string): Outcome {
  const event = simulator.state.event(id)
  return event === undefined ? eventNotFound(id) : answered(JSON.parse(event.text))
}

/** Sends an event again, as a new transmission: to the webhooks named, or to all. */
export function resendEvent(simulator: Simulator, id: string, body: unknown): Outcome {
  const event = simulator.state.event(id)
  if (event === undefined) return eventNotFound(id)
  const named: unknown = isObject(body) ? body['webhook_ids'] : undefined
  const webhooks = simulator.state.webhooks()
  const unknown = Array.isArray(named)
    ? named.find((each) => webhooks.every((webhook) => webhook.id !== each))
    : undefined
  if (unknown !== undefined) return webhookNotFound(String(unknown))
  const chosen = Array.isArray(named) ? webhooks.filter((webhook) => named.includes(webhook.id)) : webhooks
  const deliveries = deliveriesOf(simulator, event, chosen)
  return { kind: 'json', status: 202, body: JSON.parse(event.text), change: { deliveries } }
}

/** PayPal's own try-out: a sample event to any address, signed for the literal id `WEBHOOK_ID`. */
export function simulateEvent(simulator: Simulator, body: unknown): Outcome {
  const { event_type: type, url, webhook_id: webhookId } = isObject(body) ? body : {}
  if (typeof type !== 'string' || !/^[A-Z0-9.-]{1,50}$/.test(type))
    return refusedWith(refuse(detail('MISSING_REQUIRED_PARAMETER', { field: '/event_type', location: 'body' })))
  const target = typeof webhookId === 'string' ? simulator.state.webhook(webhookId)?.url : url
  if (typeof target !== 'string' || !URL.canParse(target))
    return refusedWith(refuse(detail('MISSING_REQUIRED_PARAMETER', { field: '/url', location: 'body' })))
  const id = newResourceId()
  const resource = { id, status: 'COMPLETED', amount: { currency_code: 'USD', value: '1.00' } }
  const event = recordEvent(simulator, { type, resource, about: [id] })
  const delivery: DeliveryRecord = {
    id: newTransmissionId(),
    eventId: event.id,
    eventType: type,
    webhookId: 'WEBHOOK_ID',
    url: target,
    transmittedAt: null,
    dueAt: simulator.clock.now(),
    state: 'waiting',
    attempts: [],
    spoil: null,
  }
  const change = { events: [event], deliveries: [delivery] }
  return { kind: 'json', status: 202, body: JSON.parse(event.text), change }
}

function eventNotFound(id: string): Outcome {
  return refusedWith(refuse(detail('INVALID_RESOURCE_ID', { field: 'event_id', value: id, location: 'path' })))
}
