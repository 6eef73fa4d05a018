import { toMinor } from '../money'
import { refusedWith, type Outcome } from '../outcome'
import type { Money } from '../paypal-shapes'
import type { CaptureRecord } from '../records'
import { detail, refuse, type Detail, type Refusal } from '../refusals'
import type { Issue } from '../issues'
import type { Simulator } from '../simulator'
import { checkMoney } from './check-amounts'
import { moveBack } from './move-back'
import { createFieldChecks, isObject, type JsonObject } from './field-checks'

const REFUND_WINDOW_MS = 180 * 24 * 3_600_000

type RefundRequest = {
  amount?: Money
  invoice_id?: string
  custom_id?: string
  note_to_payer?: string
}

/** Gives back part of a capture, or all that is left when the body names no amount. */
export function refundCapture(
  simulator: Simulator,
  captureId: string,
  body: unknown,
  cause: 'shop' | 'site' = 'shop',
): Outcome {
  const capture = simulator.state.capture(captureId)
  if (capture === undefined) return captureNotFound(captureId)
  const malformed = checkRefundFields(body)
  if (malformed !== null) return refusedWith(malformed)
  const request = (body ?? {}) as RefundRequest
  const obstacle = obstacleTo(simulator, capture, request)
  if (obstacle !== null) return refusedWith(refuse(obstacle))

  const left = toMinor(capture.amount) - capture.refundedMinor
  const minor = request.amount === undefined ? left : toMinor(request.amount)
  const staysPending = cause === 'shop' && simulator.settings.refundsStayPending
  const { refund, change } = moveBack(simulator, capture, minor, cause, staysPending ? 'PENDING' : 'COMPLETED', {
    customId: request.custom_id ?? capture.customId,
    invoiceId: request.invoice_id ?? capture.invoiceId,
    noteToPayer: request.note_to_payer ?? null,
  })
  return { kind: 'refund', id: refund.id, status: 201, change }
}

export function captureNotFound(id: string): Outcome {
  return refusedWith(refuse(detail('INVALID_RESOURCE_ID', { field: 'capture_id', value: id, location: 'path' })))
}

function checkRefundFields(body: unknown): Refusal | null {
  if (body === undefined || body === null) return null
  if (!isObject(body)) return refuse(detail('MALFORMED_REQUEST_JSON', { location: 'body' }))
  const checks = createFieldChecks()
  const limits = { invoice_id: 127, custom_id: 127, note_to_payer: 255 }
  for (const [key, max] of Object.entries(limits)) checks.text(body, key, '', { min: 1, max })
  const amount: JsonObject | null = checks.object(body, 'amount', '')
  if (amount !== null) {
    checks.text(amount, 'currency_code', '/amount', { required: true, min: 3, max: 3 })
    checks.text(amount, 'value', '/amount', {
      required: true,
      max: 32,
      pattern: /^-?([0-9]+|[0-9]*[.][0-9]+)$/,
    })
  }
  const [first, ...others] = checks.problems
  return first === undefined ? null : refuse(first, ...others)
}

function obstacleTo(simulator: Simulator, capture: CaptureRecord, request: RefundRequest): Detail | null {
  const issue = stateObstacle(simulator, capture)
  if (issue !== null) return detail(issue)
  if (request.amount === undefined) return null
  const [problem] = checkMoney(request.amount, '/amount', true)
  if (problem !== undefined) return problem
  if (request.amount.currency_code !== capture.amount.currency_code)
    return detail('REFUND_CAPTURE_CURRENCY_MISMATCH', { field: '/amount/currency_code' })
  const left = toMinor(capture.amount) - capture.refundedMinor
  const isDisputed = simulator.state.disputesOf(capture.id).some(({ outcome }) => outcome === null)
  if (isDisputed && toMinor(request.amount) < left) return detail('TRANSACTION_DISPUTED')
  return toMinor(request.amount) > left ? detail('REFUND_AMOUNT_EXCEEDED', { field: '/amount/value' }) : null
}

function stateObstacle(simulator: Simulator, capture: CaptureRecord): Issue | null {
  if (capture.status === 'PENDING') return 'PENDING_CAPTURE'
  if (capture.status === 'DECLINED') return 'REFUND_NOT_ALLOWED'
  const taken = simulator.state.refundsOf(capture.id).some(({ cause }) => cause === 'reversal')
  if (taken && capture.status === 'REFUNDED') return 'REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK'
  if (capture.status === 'REFUNDED') return 'CAPTURE_FULLY_REFUNDED'
  return simulator.clock.now() > capture.createdAt + REFUND_WINDOW_MS ? 'REFUND_TIME_LIMIT_EXCEEDED' : null
}
