/** The events that happen here: what PayPal calls the resource inside, and the sentence it puts over it. */
export const EVENT_TYPES = {
  'CHECKOUT.ORDER.APPROVED': ['checkout-order', '2.0', 'An order has been approved by buyer'],
  'CHECKOUT.PAYMENT-APPROVAL.REVERSED': ['payment-approval', '2.0', 'The approval of a payment was reversed'],
  'PAYMENT.CAPTURE.COMPLETED': ['capture', '2.0', 'Payment completed'],
  'PAYMENT.CAPTURE.PENDING': ['capture', '2.0', 'Payment pending'],
  'PAYMENT.CAPTURE.DECLINED': ['capture', '2.0', 'Payment declined'],
  'PAYMENT.CAPTURE.DENIED': ['capture', '2.0', 'Payment denied'],
  'PAYMENT.CAPTURE.REFUNDED': ['refund', '2.0', 'A payment was refunded'],
  'PAYMENT.CAPTURE.REVERSED': ['refund', '2.0', 'A payment was reversed'],
  'PAYMENT.REFUND.PENDING': ['refund', '2.0', 'A refund is pending'],
  'PAYMENT.REFUND.FAILED': ['refund', '2.0', 'A refund failed'],
  'CUSTOMER.DISPUTE.CREATED': ['dispute', '1.0', 'A new dispute opened with a buyer'],
  'CUSTOMER.DISPUTE.UPDATED': ['dispute', '1.0', 'A dispute was updated'],
  'CUSTOMER.DISPUTE.RESOLVED': ['dispute', '1.0', 'A dispute was resolved'],
} as const satisfies Record<string, readonly [resourceType: string, resourceVersion: string, summary: string]>

export type EventType = keyof typeof EVENT_TYPES

/** What stands around the resource of an event; a type that PayPal never announced gets a neutral frame. */
export function frameOf(type: string): { resourceType: string; resourceVersion: string; summary: string } {
  const known = Object.hasOwn(EVENT_TYPES, type) ? EVENT_TYPES[type as EventType] : undefined
  const [resourceType, resourceVersion, summary] = known ?? ['unknown', '1.0', `${type} happened`]
  return { resourceType, resourceVersion, summary }
}
