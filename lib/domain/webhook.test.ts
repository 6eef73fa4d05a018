import { describe, expect, test } from 'vitest'

import { planWebhook, readHint, WEBHOOK_EVENTS, WebhookEnvelope } from './webhook'

const OCCURRED = '2026-11-20T10:11:12.000Z'
const link = (rel: string, path: string) => ({ rel, href: `https://api.paypal.com${path}`, method: 'GET' })

function planOf(eventType: string, resource: object) {
  const event = { id: 'WH-1', event_type: eventType, create_time: OCCURRED, resource }
  return planWebhook(readHint(WebhookEnvelope.parse(event)))
}

const CAPTURE = {
  id: 'CAPTURE1',
  supplementary_data: { related_ids: { order_id: 'ORDER1' } },
}
/** As older payloads are: without supplementary_data. */
const OLD_CAPTURE = { id: 'CAPTURE1', links: [link('self', '/x'), link('up', '/v2/checkout/orders/ORDER1')] }
const REFUND = {
  id: 'REFUND1',
  links: [link('self', '/v2/payments/refunds/REFUND1'), link('up', '/v2/payments/captures/CAPTURE1')],
}
const DISPUTE = { dispute_id: 'PP-D-1', disputed_transactions: [{ seller_transaction_id: 'CAPTURE1' }] }

const lookAtCapture = { kind: 'look_at_capture', paypalCaptureId: 'CAPTURE1', paypalOrderId: 'ORDER1' }
const lookAtRefund = { kind: 'look_at_refund', paypalRefundId: 'REFUND1', paypalCaptureId: 'CAPTURE1' }

describe('what an event makes us look at', () => {
  test.each([
    [
      'CHECKOUT.ORDER.APPROVED',
      { id: 'ORDER1', status: 'APPROVED' },
      { kind: 'look_at_order', paypalOrderId: 'ORDER1', approvedAt: new Date(OCCURRED) },
    ],
    [
      'CHECKOUT.PAYMENT-APPROVAL.REVERSED',
      { order_id: 'ORDER1' },
      { kind: 'look_at_order', paypalOrderId: 'ORDER1', approvedAt: null },
    ],
    ['PAYMENT.CAPTURE.COMPLETED', CAPTURE, lookAtCapture],
    ['PAYMENT.CAPTURE.COMPLETED', OLD_CAPTURE, lookAtCapture],
    ['PAYMENT.CAPTURE.COMPLETED', { id: 'CAPTURE1' }, { ...lookAtCapture, paypalOrderId: null }],
    ['PAYMENT.CAPTURE.PENDING', CAPTURE, lookAtCapture],
    ['PAYMENT.CAPTURE.DECLINED', CAPTURE, lookAtCapture],
    ['PAYMENT.CAPTURE.DENIED', CAPTURE, lookAtCapture],
    ['PAYMENT.CAPTURE.REFUNDED', REFUND, { ...lookAtRefund, isReversal: false }],
    ['PAYMENT.CAPTURE.REVERSED', REFUND, { ...lookAtRefund, isReversal: true }],
    ['PAYMENT.REFUND.PENDING', REFUND, { ...lookAtRefund, isReversal: false }],
    ['PAYMENT.REFUND.FAILED', REFUND, { ...lookAtRefund, isReversal: false }],
    ['PAYMENT.REFUND.FAILED', { id: 'REFUND1' }, { ...lookAtRefund, paypalCaptureId: null, isReversal: false }],
    ['CUSTOMER.DISPUTE.CREATED', DISPUTE, { kind: 'look_at_dispute', disputeId: 'PP-D-1' }],
    ['CUSTOMER.DISPUTE.UPDATED', DISPUTE, { kind: 'look_at_dispute', disputeId: 'PP-D-1' }],
    ['CUSTOMER.DISPUTE.RESOLVED', DISPUTE, { kind: 'look_at_dispute', disputeId: 'PP-D-1' }],
    // Only with orders that are authorised first, which ours never are.
    ['PAYMENT.AUTHORIZATION.CREATED', { id: 'AUTH1' }, { kind: 'nothing' }],
    ['PAYMENT.AUTHORIZATION.VOIDED', { id: 'AUTH1' }, { kind: 'nothing' }],
    ['CHECKOUT.ORDER.COMPLETED', { id: 'ORDER1' }, { kind: 'nothing' }],
    ['SOMETHING.NEW', { id: 'X' }, { kind: 'nothing' }],
  ])('%s, case %#', (eventType, resource, plan) => {
    expect(planOf(eventType, resource)).toEqual(plan)
  })

  test('every event that we ask PayPal for leads to something', () => {
    const resource = { ...REFUND, order_id: 'ORDER1', dispute_id: 'PP-D-1' }
    for (const eventType of WEBHOOK_EVENTS) expect(planOf(eventType, resource).kind).not.toBe('nothing')
  })

  test.each(WEBHOOK_EVENTS)('%s without an id, or with one of no form of PayPal’s, leads to nothing', (eventType) => {
    expect(planOf(eventType, {})).toEqual({ kind: 'nothing' })
    for (const id of ['../../orders', 'A'.repeat(65), 'nul\u0000', 7, null, { $gt: '' }]) {
      expect(planOf(eventType, { id, order_id: id, dispute_id: id })).toEqual({ kind: 'nothing' })
    }
  })
})

describe('the envelope', () => {
  test('tells when the event happened, and does without', () => {
    const event = { id: 'WH-1', event_type: 'SOMETHING.NEW', resource: {} }
    expect(readHint(WebhookEnvelope.parse({ ...event, create_time: OCCURRED })).occurredAt).toEqual(new Date(OCCURRED))
    expect(readHint(WebhookEnvelope.parse(event)).occurredAt).toBeNull()
    expect(readHint(WebhookEnvelope.parse({ ...event, create_time: 'yesterday' })).occurredAt).toBeNull()
  })

  test.each([
    [{ event_type: 'A.B' }],
    [{ id: 'WH-1' }],
    [{ id: '', event_type: 'A.B' }],
    [{ id: 'WH 1', event_type: 'A.B' }],
    [{ id: 'WH-1', event_type: 'a b' }],
    [null],
    [[]],
  ])('%j is none', (body) => {
    expect(WebhookEnvelope.safeParse(body).success).toBe(false)
  })

  test('a resource that is no object leads to nothing', () => {
    for (const resource of [undefined, null, 'text', [1]]) {
      const event = { id: 'WH-1', event_type: 'PAYMENT.CAPTURE.COMPLETED', resource }
      expect(planWebhook(readHint(WebhookEnvelope.parse(event)))).toEqual({ kind: 'nothing' })
    }
  })
})
