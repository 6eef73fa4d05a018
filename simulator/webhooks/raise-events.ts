import { newEventId, newTransmissionId } from '../ids'
import { captureRepresentation, orderRepresentation, refundRepresentation } from '../representations'
import type { CaptureRecord, OrderRecord, RefundRecord } from '../records'
import type { Simulator } from '../simulator'
import { frameOf, type EventType } from './event-types'
import type { DeliveryRecord, EventRecord, WebhookRecord } from './records'

/** Something that happened, before it has an id. */
export type EventDraft = { type: string; resource: Record<string, unknown>; about: string[] }

export type Raised = { events: EventRecord[]; deliveries: DeliveryRecord[] }

/** Events and their deliveries as part of the change that causes them: neither exists without the other. */
export function raise(simulator: Simulator, drafts: readonly EventDraft[]): Raised {
  const events = drafts.map((draft) => recordEvent(simulator, draft))
  const deliveries = events.flatMap((event) => deliveriesOf(simulator, event, subscribers(simulator, event.type)))
  return { events, deliveries }
}

export function recordEvent(simulator: Simulator, { type, resource, about }: EventDraft): EventRecord {
  const id = newEventId()
  const createdAt = simulator.clock.now()
  const frame = frameOf(type)
  const self = `${simulator.origin()}/v1/notifications/webhooks-events/${id}`
  const text = JSON.stringify({
    id,
    event_version: '1.0',
    create_time: new Date(createdAt).toISOString(),
    resource_type: frame.resourceType,
    resource_version: frame.resourceVersion,
    event_type: type,
    summary: frame.summary,
    resource,
    links: [
      { href: self, rel: 'self', method: 'GET' },
      { href: `${self}/resend`, rel: 'resend', method: 'POST' },
    ],
  })
  return { id, type, about, createdAt, text }
}

function subscribers(simulator: Simulator, eventType: string): WebhookRecord[] {
  return simulator.state
    .webhooks()
    .filter(({ eventTypes }) => eventTypes.includes('*') || eventTypes.includes(eventType))
}

/** The deliveries of one event to the given webhooks, as the next ordered spoil disturbs them. */
export function deliveriesOf(
  simulator: Simulator,
  event: EventRecord,
  webhooks: readonly WebhookRecord[],
): DeliveryRecord[] {
  return webhooks.flatMap((webhook) => {
    const spoil = simulator.spoils.take(event.type)
    const copies = 1 + (spoil?.kind === 'duplicate' ? (spoil.copies ?? 1) : 0)
    const waitMs = spoil?.kind === 'delay' ? (spoil.seconds ?? 60) * 1000 : 0
    return Array.from({ length: copies }, (): DeliveryRecord => {
      return {
        id: newTransmissionId(),
        eventId: event.id,
        eventType: event.type,
        webhookId: webhook.id,
        url: webhook.url,
        transmittedAt: null,
        dueAt: simulator.clock.now() + waitMs,
        state: spoil?.kind === 'drop' ? 'dropped' : 'waiting',
        attempts: [],
        spoil,
      }
    })
  })
}

/** Order v2, as the buyer approved it. */
export function orderApproved(simulator: Simulator, order: OrderRecord): EventDraft {
  const resource = orderRepresentation(simulator, simulator.origin(), order)
  return { type: 'CHECKOUT.ORDER.APPROVED', resource, about: [order.id] }
}

/** An approval that ran out. PayPal sends no `id` here, only the order's. */
export function approvalReversed(simulator: Simulator, order: OrderRecord): EventDraft {
  const { purchase_units, payment_source } = orderRepresentation(simulator, simulator.origin(), order)
  const resource = { order_id: order.id, purchase_units, payment_source }
  return { type: 'CHECKOUT.PAYMENT-APPROVAL.REVERSED', resource, about: [order.id] }
}

export function captureEvent(simulator: Simulator, type: EventType, capture: CaptureRecord): EventDraft {
  const { supplementary_data, ...rest } = captureRepresentation(simulator.origin(), capture)
  const resource = simulator.settings.capturesNameTheirOrder ? { ...rest, supplementary_data } : rest
  return { type, resource, about: [capture.id] }
}

/** Refunds and reversals alike: the capture stands only behind the link `up`. */
export function refundEvent(simulator: Simulator, type: EventType, refund: RefundRecord): EventDraft {
  const resource = refundRepresentation(simulator.origin(), refund)
  return { type, resource, about: [refund.id, refund.captureId] }
}
