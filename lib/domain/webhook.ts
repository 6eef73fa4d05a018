import { z } from 'zod'

/** What PayPal is asked to tell. Source: developer.paypal.com/api/rest/webhooks/event-names. */
export const WEBHOOK_EVENTS = [
  'CHECKOUT.ORDER.APPROVED',
  'CHECKOUT.PAYMENT-APPROVAL.REVERSED',
  'PAYMENT.CAPTURE.COMPLETED',
  'PAYMENT.CAPTURE.PENDING',
  // Two names for the same: DECLINED stands in the list of events, DENIED is what a pending capture ends with.
  'PAYMENT.CAPTURE.DECLINED',
  'PAYMENT.CAPTURE.DENIED',
  'PAYMENT.CAPTURE.REFUNDED',
  'PAYMENT.CAPTURE.REVERSED',
  'PAYMENT.REFUND.PENDING',
  'PAYMENT.REFUND.FAILED',
  'CUSTOMER.DISPUTE.CREATED',
  'CUSTOMER.DISPUTE.UPDATED',
  'CUSTOMER.DISPUTE.RESOLVED',
] as const

/** What stands around every event. The resource is of another shape for each type, and none of it is believed. */
export const WebhookEnvelope = z.object({
  id: z.string().regex(/^[A-Za-z0-9-]{1,100}$/),
  event_type: z.string().regex(/^[A-Z0-9._-]{1,100}$/),
  create_time: z.iso.datetime({ offset: true }).nullable().catch(null),
  resource: z.record(z.string(), z.unknown()).catch({}),
})
export type WebhookEnvelope = z.infer<typeof WebhookEnvelope>

/** Where an event says to look. Whatever has not the form of an id of PayPal's is as good as missing. */
export interface WebhookHint {
  readonly eventType: string
  /** By PayPal's clock. */
  readonly occurredAt: Date | null
  /** The refund's or dispute's id, say. */
  readonly resourceId: string | null
  readonly paypalOrderId: string | null
  readonly paypalCaptureId: string | null
}

const Id = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,64}$/)
  .nullable()
  .catch(null)

const Resource = z.object({
  id: Id,
  order_id: Id,
  dispute_id: Id,
  supplementary_data: z
    .object({ related_ids: z.object({ order_id: Id, capture_id: Id }).catch({ order_id: null, capture_id: null }) })
    .catch({ related_ids: { order_id: null, capture_id: null } }),
  links: z.array(z.object({ rel: z.string(), href: z.string() })).catch([]),
  disputed_transactions: z.array(z.object({ seller_transaction_id: Id })).catch([]),
})

export function readHint(envelope: WebhookEnvelope): WebhookHint {
  const resource = Resource.parse(envelope.resource)
  return {
    eventType: envelope.event_type,
    occurredAt: envelope.create_time === null ? null : new Date(envelope.create_time),
    resourceId: resource.id ?? resource.dispute_id,
    ...payIds(envelope.event_type, resource),
  }
}

function payIds(
  type: string,
  resource: z.infer<typeof Resource>,
): Pick<WebhookHint, 'paypalOrderId' | 'paypalCaptureId'> {
  const related = resource.supplementary_data.related_ids
  // Older payloads name the order, and all refunds the capture, only by the link to what is above them.
  const paypalOrderId = related.order_id ?? idAbove(resource, 'orders')
  if (type.startsWith('CHECKOUT.')) return { paypalOrderId: resource.order_id ?? resource.id, paypalCaptureId: null }
  if (isAboutRefund(type))
    return { paypalOrderId, paypalCaptureId: related.capture_id ?? idAbove(resource, 'captures') }
  if (type.startsWith('PAYMENT.CAPTURE.')) return { paypalOrderId, paypalCaptureId: resource.id }
  return { paypalOrderId: null, paypalCaptureId: resource.disputed_transactions[0]?.seller_transaction_id ?? null }
}

function isAboutRefund(type: string): boolean {
  return (
    type === 'PAYMENT.CAPTURE.REFUNDED' || type === 'PAYMENT.CAPTURE.REVERSED' || type.startsWith('PAYMENT.REFUND.')
  )
}

function idAbove({ links }: z.infer<typeof Resource>, kind: 'orders' | 'captures'): string | null {
  const up = links.find(({ rel, href }) => rel === 'up' && href.includes(`/${kind}/`))
  return Id.parse(up?.href.split('?')[0]?.split('/').at(-1))
}

/** What an event makes us ask PayPal. Its answer, not the event, decides what happens. */
export type WebhookPlan =
  /** `approvedAt`: the buyer has pressed "Pay Now" then. */
  | { readonly kind: 'look_at_order'; readonly paypalOrderId: string; readonly approvedAt: Date | null }
  | { readonly kind: 'look_at_capture'; readonly paypalCaptureId: string; readonly paypalOrderId: string | null }
  | {
      readonly kind: 'look_at_refund'
      readonly paypalRefundId: string
      readonly paypalCaptureId: string | null
      /** Taken back by PayPal or a bank, not given back by us. */
      readonly isReversal: boolean
    }
  | { readonly kind: 'look_at_dispute'; readonly disputeId: string }
  | { readonly kind: 'nothing' }

export function planWebhook(hint: WebhookHint): WebhookPlan {
  const { eventType, resourceId, paypalOrderId, paypalCaptureId } = hint
  switch (eventType) {
    case 'CHECKOUT.ORDER.APPROVED':
      return paypalOrderId === null
        ? { kind: 'nothing' }
        : { kind: 'look_at_order', paypalOrderId, approvedAt: hint.occurredAt }
    case 'CHECKOUT.PAYMENT-APPROVAL.REVERSED':
      return paypalOrderId === null ? { kind: 'nothing' } : { kind: 'look_at_order', paypalOrderId, approvedAt: null }
    case 'PAYMENT.CAPTURE.COMPLETED':
    case 'PAYMENT.CAPTURE.PENDING':
    case 'PAYMENT.CAPTURE.DECLINED':
    case 'PAYMENT.CAPTURE.DENIED':
      return paypalCaptureId === null
        ? { kind: 'nothing' }
        : { kind: 'look_at_capture', paypalCaptureId, paypalOrderId }
    case 'PAYMENT.CAPTURE.REFUNDED':
    case 'PAYMENT.CAPTURE.REVERSED':
    case 'PAYMENT.REFUND.PENDING':
    case 'PAYMENT.REFUND.FAILED': {
      const isReversal = eventType === 'PAYMENT.CAPTURE.REVERSED'
      return resourceId === null
        ? { kind: 'nothing' }
        : { kind: 'look_at_refund', paypalRefundId: resourceId, paypalCaptureId, isReversal }
    }
    case 'CUSTOMER.DISPUTE.CREATED':
    case 'CUSTOMER.DISPUTE.UPDATED':
    case 'CUSTOMER.DISPUTE.RESOLVED':
      return resourceId === null ? { kind: 'nothing' } : { kind: 'look_at_dispute', disputeId: resourceId }
    default:
      return { kind: 'nothing' }
  }
}
