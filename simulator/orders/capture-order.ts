import { newResourceId } from '../ids'
import { captureEntry } from '../ledger'
import { feeFor, toMinor } from '../money'
import { refusedWith, type Outcome } from '../outcome'
import type { PurchaseUnit } from '../paypal-shapes'
import type { CaptureRecord, CaptureStatus, OrderRecord } from '../records'
import { detail, refuse } from '../refusals'
import type { Issue } from '../issues'
import type { Simulator } from '../simulator'
import { captureEvent, raise } from '../webhooks/raise-events'
import { findOrder, orderNotFound, unapprovedStatus } from './order-operations'

/** Takes the money of an approved order: one capture per purchase unit, and one ledger entry per capture. */
export function captureOrder(simulator: Simulator, id: string): Outcome {
  const order = findOrder(simulator, id)
  if (order === null) return orderNotFound(id)
  const obstacle = obstacleTo(order)
  if (obstacle !== null) return refusedWith(refuse(detail(obstacle)))
  const now = simulator.clock.now()
  if (order.purchaseUnits.some((unit) => isInvoicePaid(simulator, order, unit))) {
    return {
      kind: 'refused',
      refusal: refuse(detail('DUPLICATE_INVOICE_ID')),
      change: {},
      remembered: true,
    }
  }
  if (order.funding === 'declined_card') return decline(order, now)

  const captures = order.purchaseUnits.map((unit) => newCapture(simulator, order, unit, now))
  const completed: OrderRecord = { ...order, status: 'COMPLETED', updatedAt: now }
  const ledger = captures.map((capture) => captureEntry('capture', capture, now))
  return {
    kind: 'capture_order',
    id: order.id,
    status: 201,
    change: {
      orders: [completed],
      captures,
      ledger,
      ...raise(
        simulator,
        captures.map((capture) => captureEvent(simulator, `PAYMENT.CAPTURE.${newsOf(capture)}`, capture)),
      ),
    },
  }
}

function newsOf({ status }: CaptureRecord): 'PENDING' | 'DECLINED' | 'COMPLETED' {
  return status === 'PENDING' || status === 'DECLINED' ? status : 'COMPLETED'
}

function obstacleTo(order: OrderRecord): Issue | null {
  if (order.intent !== 'CAPTURE') return 'ACTION_DOES_NOT_MATCH_INTENT'
  if (order.status === 'COMPLETED') return 'ORDER_ALREADY_CAPTURED'
  if (order.status !== 'APPROVED') return 'ORDER_NOT_APPROVED'
  const raised = order.purchaseUnits.some((unit, index) => toMinor(unit.amount) > (order.approvedTotals?.[index] ?? 0))
  return raised ? 'PAYER_ACTION_REQUIRED' : null
}

function isInvoicePaid(simulator: Simulator, order: OrderRecord, unit: PurchaseUnit): boolean {
  if (unit.invoice_id === undefined) return false
  return simulator.state
    .capturesWithInvoice(unit.invoice_id)
    .some((capture) => capture.orderId !== order.id && capture.status !== 'DECLINED')
}

function decline(order: OrderRecord, now: number): Outcome {
  const reopened: OrderRecord = {
    ...order,
    status: unapprovedStatus(order),
    funding: null,
    approvedAt: null,
    approvedTotals: null,
    declines: order.declines + 1,
    updatedAt: now,
  }
  const refusal = { ...refuse(detail('INSTRUMENT_DECLINED')), redirectBuyer: true }
  return { kind: 'refused', refusal, change: { orders: [reopened] }, remembered: true }
}

function newCapture(simulator: Simulator, order: OrderRecord, unit: PurchaseUnit, now: number): CaptureRecord {
  const { status, reason } = captureResult(order)
  return {
    id: newResourceId(),
    orderId: order.id,
    referenceId: unit.reference_id,
    status,
    reason,
    amount: { currency_code: unit.amount.currency_code, value: unit.amount.value },
    feeMinor: feeFor(toMinor(unit.amount)),
    payeeMerchantId: unit.payee.merchant_id ?? simulator.config.merchantId,
    payeeEmail: unit.payee.email_address ?? null,
    customId: unit.custom_id ?? null,
    invoiceId: unit.invoice_id ?? null,
    refundedMinor: 0,
    createdAt: now,
    updatedAt: now,
  }
}

function captureResult(order: OrderRecord): { status: CaptureStatus; reason: string | null } {
  if (order.funding === 'declined_capture') return { status: 'DECLINED', reason: null }
  if (order.funding !== 'pending') return { status: 'COMPLETED', reason: null }
  // An eCheck can't be used when the shop insists on immediate payment; PayPal may still hold the payment for review.
  const immediate = order.experience.payment_method_preference === 'IMMEDIATE_PAYMENT_REQUIRED'
  return { status: 'PENDING', reason: immediate ? 'PENDING_REVIEW' : 'ECHECK' }
}

export type Settlement =
  | { kind: 'settled'; capture: CaptureRecord }
  | { kind: 'not_found' }
  | { kind: 'not_pending'; capture: CaptureRecord }

/** Ends the wait of a pending capture: the money came, or it did not. */
export function settleCapture(simulator: Simulator, id: string, status: 'COMPLETED' | 'DECLINED'): Settlement {
  const capture = simulator.state.capture(id)
  if (capture === undefined) return { kind: 'not_found' }
  if (capture.status !== 'PENDING') return { kind: 'not_pending', capture }
  const now = simulator.clock.now()
  const settled: CaptureRecord = { ...capture, status, reason: null, updatedAt: now }
  const kind = status === 'COMPLETED' ? 'capture_completed' : 'capture_denied'
  const news = status === 'COMPLETED' ? 'PAYMENT.CAPTURE.COMPLETED' : 'PAYMENT.CAPTURE.DENIED'
  simulator.state.commit({
    captures: [settled],
    ledger: [captureEntry(kind, settled, now)],
    ...raise(simulator, [captureEvent(simulator, news, settled)]),
  })
  return { kind: 'settled', capture: settled }
}
