import 'server-only'

import { toDecimalString } from '@/lib/domain/money'
import type { CaptureOutcome, PaymentGateway, Refusal, Unknown } from '@/lib/domain/payment-gateway'
import { getLog } from '@/lib/runtime/log'

import {
  CaptureAnswer,
  OrderAnswer,
  readIssue,
  readOrderId,
  RefundAnswer,
  toCapture,
  toPayPalOrder,
  toRefund,
} from './answers'
import { DisputeAnswer, toDispute } from './disputes'
import { PayPalHttp, type PayPalAnswer, type PayPalConfig } from './http'
import { issueMeaning, type IssueMeaning } from './issues'
import { listTransactions } from './list-transactions'
import { toOrderBody } from './order-body'

/** PayPal publishes none; captures take seconds. Past the limit the worker finds out what happened. */
const TIME_LIMITS = { readMs: 8_000, writeMs: 15_000 }

/** PayPal's Orders v2 and Payments v2 behind the shop's port. */
export function createPayPalGateway(config: PayPalConfig, limits = TIME_LIMITS): PaymentGateway {
  const http = new PayPalHttp(config)
  const orderPath = (paypalOrderId: string) => `/v2/checkout/orders/${encodeURIComponent(paypalOrderId)}`
  const capturePath = (paypalCaptureId: string) => `/v2/payments/captures/${encodeURIComponent(paypalCaptureId)}`

  return {
    async createOrder(draft, requestKey) {
      const answer = await http.send({
        operation: 'create_order',
        method: 'POST',
        path: '/v2/checkout/orders',
        body: toOrderBody(draft),
        requestKey,
        timeoutMs: limits.writeMs,
      })
      const order = readOrder(answer)
      if (order) return { kind: 'created', paypalOrderId: order.paypalOrderId, approveUrl: order.approveUrl }
      const failure = readFailure(answer, 'create_order')
      return isDefinite(failure.meaning) ? toRefusal(failure) : toUnknown(failure)
    },

    async getOrder(paypalOrderId) {
      const answer = await http.send({
        operation: 'get_order',
        method: 'GET',
        path: orderPath(paypalOrderId),
        timeoutMs: limits.readMs,
      })
      const order = readOrder(answer)
      if (order) return { kind: 'found', order }
      return toMissing(readFailure(answer, 'get_order'))
    },

    async captureOrder(paypalOrderId, requestKey) {
      const answer = await http.send({
        operation: 'capture',
        method: 'POST',
        path: `${orderPath(paypalOrderId)}/capture`,
        requestKey,
        timeoutMs: limits.writeMs,
      })
      const capture = readOrder(answer)?.captures.at(-1)
      if (capture) return { kind: 'captured', capture }
      return toCaptureOutcome(readFailure(answer, 'capture'))
    },

    async getCapture(paypalCaptureId) {
      const answer = await http.send({
        operation: 'get_capture',
        method: 'GET',
        path: capturePath(paypalCaptureId),
        timeoutMs: limits.readMs,
      })
      const parsed = isSuccess(answer) ? CaptureAnswer.safeParse(answer.body) : null
      if (parsed?.success) {
        return { kind: 'found', capture: toCapture(parsed.data), paypalOrderId: readOrderId(parsed.data) }
      }
      return toMissing(readFailure(answer, 'get_capture'))
    },

    async getRefund(paypalRefundId) {
      const answer = await http.send({
        operation: 'get_refund',
        method: 'GET',
        path: `/v2/payments/refunds/${encodeURIComponent(paypalRefundId)}`,
        timeoutMs: limits.readMs,
      })
      const parsed = isSuccess(answer) ? RefundAnswer.safeParse(answer.body) : null
      return parsed?.success
        ? { kind: 'found', refund: toRefund(parsed.data) }
        : toMissing(readFailure(answer, 'get_refund'))
    },

    async getDispute(disputeId) {
      const answer = await http.send({
        operation: 'get_dispute',
        method: 'GET',
        path: `/v1/customer/disputes/${encodeURIComponent(disputeId)}`,
        timeoutMs: limits.readMs,
      })
      const parsed = isSuccess(answer) ? DisputeAnswer.safeParse(answer.body) : null
      return parsed?.success
        ? { kind: 'found', dispute: toDispute(parsed.data) }
        : toMissing(readFailure(answer, 'get_dispute'))
    },

    listTransactions: (span) => listTransactions(http, span),

    async refundCapture({ reference, paypalCaptureId, amount, noteToPayer }, requestKey) {
      const answer = await http.send({
        operation: 'refund',
        method: 'POST',
        path: `${capturePath(paypalCaptureId)}/refund`,
        body: {
          amount: { currency_code: amount.currency, value: toDecimalString(amount) },
          custom_id: reference,
          ...(noteToPayer === '' ? {} : { note_to_payer: noteToPayer }),
        },
        requestKey,
        timeoutMs: limits.writeMs,
      })
      const refund = isSuccess(answer) ? RefundAnswer.safeParse(answer.body) : null
      if (refund?.success) {
        if (refund.data.status === 'COMPLETED') return { kind: 'refunded', paypalRefundId: refund.data.id }
        if (refund.data.status === 'PENDING') return { kind: 'pending', paypalRefundId: refund.data.id }
        return { kind: 'refused', issue: `REFUND_${refund.data.status}`, debugId: answer.debugId }
      }
      const failure = readFailure(answer, 'refund')
      if (failure.meaning === 'not_yet') return { kind: 'not_yet', issue: failure.issue, debugId: failure.debugId }
      return isDefinite(failure.meaning) ? toRefusal(failure) : toUnknown(failure)
    },
  }
}

interface Failure {
  readonly meaning: IssueMeaning
  readonly issue: string
  readonly debugId: string | null
}

function isSuccess(answer: PayPalAnswer): answer is Extract<PayPalAnswer, { kind: 'answer' }> {
  return answer.kind === 'answer' && answer.status >= 200 && answer.status < 300
}

function readOrder(answer: PayPalAnswer) {
  if (!isSuccess(answer)) return null
  const parsed = OrderAnswer.safeParse(answer.body)
  return parsed.success ? toPayPalOrder(parsed.data) : null
}

function readFailure(answer: PayPalAnswer, operation: string): Failure {
  if (answer.kind === 'no_answer') return { meaning: 'unknown', issue: answer.cause, debugId: answer.debugId }
  const issue = readIssue(answer.body)
  const meaning = issueMeaning(answer.status, issue)
  const level = meaning === 'refused_ours' ? 'error' : 'info'
  getLog()[level](
    { paypal: operation, status: answer.status, issue, meaning, debugId: answer.debugId },
    'paypal refused',
  )
  return { meaning, issue: issue ?? `HTTP_${answer.status}`, debugId: answer.debugId }
}

function isDefinite(meaning: IssueMeaning): boolean {
  return meaning !== 'unknown'
}

function toRefusal({ issue, debugId }: Failure): Refusal {
  return { kind: 'refused', issue, debugId }
}

function toMissing(failure: Failure): { kind: 'missing'; debugId: string | null } | Unknown {
  return failure.meaning === 'missing' ? { kind: 'missing', debugId: failure.debugId } : toUnknown(failure)
}

function toUnknown({ issue, debugId }: Failure): Unknown {
  return { kind: 'unknown', cause: issue, debugId }
}

function toCaptureOutcome(failure: Failure): CaptureOutcome {
  const { issue, debugId } = failure
  switch (failure.meaning) {
    case 'declined':
      return { kind: 'declined', issue, debugId }
    case 'not_approved':
      return { kind: 'not_approved', debugId }
    case 'already_captured':
      return { kind: 'already_captured', debugId }
    case 'duplicate_invoice':
      return { kind: 'duplicate_invoice', debugId }
    case 'missing':
      return { kind: 'missing', issue, debugId }
    case 'refused':
      return { kind: 'refused', issue, debugId, ours: false }
    case 'refused_ours':
      return { kind: 'refused', issue, debugId, ours: true }
    // Of refunds; a capture is asked about again.
    case 'not_yet':
    case 'unknown':
      return toUnknown(failure)
  }
}
