import { newTransmissionId } from '../ids'
import { isObject, type JsonObject } from '../orders/field-checks'
import type { Simulator } from '../simulator'
import { transmit } from '../webhooks/deliver'
import type { Delivered } from '../webhooks/delivery-pump'
import { recordEvent } from '../webhooks/raise-events'
import type { EventRecord } from '../webhooks/records'
import type { Spoil } from '../webhooks/spoils'
import { makeTransmission } from '../webhooks/transmission'
import { readSpoil } from './read-spoil'

/**
 * Sends one event to every webhook, or to the one named, waits, and answers what the shop said. The event is one that
 * happened (`eventId`), or made up: `eventType` with any `resource`, or `text` for the whole body. It is tried once and not
 * queued; PayPal knows of a made-up event unless it is spoilt.
 */
export async function sendNow(simulator: Simulator, body: JsonObject): Promise<Delivered[] | string> {
  const spoil = body['spoil'] === undefined ? null : readSpoil(body['spoil'])
  if (typeof spoil === 'string') return spoil
  const event = readEvent(simulator, body, spoil)
  if (typeof event === 'string') return event
  const webhooks = simulator.state
    .webhooks()
    .filter(({ id }) => body['webhookId'] === undefined || body['webhookId'] === id)
  if (webhooks.length === 0) return 'no such webhook is registered'
  const authority = await simulator.authority()
  const sent: Delivered[] = []
  for (const { id: webhookId, url } of webhooks) {
    const deliveryId = typeof body['transmissionId'] === 'string' ? body['transmissionId'] : newTransmissionId()
    const transmission = makeTransmission(authority, {
      origin: simulator.origin(),
      transmissionId: deliveryId,
      webhookId,
      at: simulator.clock.now(),
      text: event.text,
      spoil,
    })
    const reply = await transmit(url, transmission, new AbortController().signal)
    sent.push({ deliveryId, eventId: event.id, type: event.type, webhookId, ...reply })
  }
  return sent
}

function readEvent(simulator: Simulator, body: JsonObject, spoil: Spoil | null): EventRecord | string {
  const { eventId, eventType, resource = {}, text } = body
  if (typeof eventId === 'string') return simulator.state.event(eventId) ?? 'no event has this id'
  if (typeof text === 'string') return { id: '', type: '', about: [], createdAt: simulator.clock.now(), text }
  if (typeof eventType !== 'string' || !isObject(resource)) return 'eventId, eventType or text is needed'
  const event = recordEvent(simulator, { type: eventType, resource, about: [] })
  if (spoil === null) simulator.state.commit({ events: [event] })
  return event
}
