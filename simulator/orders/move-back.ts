import { newResourceId } from '../ids'
import { refundEntry, type LedgerKind } from '../ledger'
import { fromMinor, toMinor } from '../money'
import type { CaptureRecord, CaptureStatus, RefundCause, RefundRecord } from '../records'
import type { Simulator } from '../simulator'
import type { Change } from '../state'
import type { EventType } from '../webhooks/event-types'
import { raise, refundEvent } from '../webhooks/raise-events'

type Labels = Pick<RefundRecord, 'customId' | 'invoiceId' | 'noteToPayer'>

/** Takes money of a capture back, whoever asked. Only a bank takes more than is left of it. */
export function moveBack(
  simulator: Simulator,
  capture: CaptureRecord,
  minor: number,
  cause: RefundCause,
  status: 'COMPLETED' | 'PENDING',
  labels: Labels = { customId: capture.customId, invoiceId: capture.invoiceId, noteToPayer: null },
): { refund: RefundRecord; change: Change } {
  const now = simulator.clock.now()
  const refundedMinor = capture.refundedMinor + minor
  const refund: RefundRecord = {
    ...labels,
    id: newResourceId(),
    captureId: capture.id,
    orderId: capture.orderId,
    cause,
    status,
    amount: fromMinor(minor, capture.amount.currency_code),
    totalRefundedMinor: refundedMinor,
    createdAt: now,
  }
  const left = withRefunds(capture, refundedMinor, now)
  const refunded = cause === 'reversal' ? { ...left, reason: 'CHARGEBACK' } : left
  const [kind, event] = status === 'PENDING' ? PENDING : NAMES[cause]
  const change = {
    refunds: [refund],
    captures: [refunded],
    ledger: [refundEntry(kind, refund, refunded, now)],
    ...raise(simulator, [refundEvent(simulator, event, refund)]),
  }
  return { refund, change }
}

type Names = readonly [LedgerKind, EventType]
const PENDING: Names = ['refund_pending', 'PAYMENT.REFUND.PENDING']
const NAMES: Record<RefundCause, Names> = {
  shop: ['refund', 'PAYMENT.CAPTURE.REFUNDED'],
  site: ['refund', 'PAYMENT.CAPTURE.REFUNDED'],
  reversal: ['reversal', 'PAYMENT.CAPTURE.REVERSED'],
  dispute: ['dispute_lost', 'PAYMENT.CAPTURE.REVERSED'],
}

function withRefunds(capture: CaptureRecord, refundedMinor: number, now: number): CaptureRecord {
  const some: CaptureStatus = refundedMinor >= toMinor(capture.amount) ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
  return { ...capture, refundedMinor, status: refundedMinor === 0 ? 'COMPLETED' : some, updatedAt: now }
}

export type RefundSettlement =
  | { kind: 'settled'; refund: RefundRecord }
  | { kind: 'not_found' }
  | { kind: 'not_pending'; refund: RefundRecord }

/** Ends the wait of a pending refund: the buyer got the money, or it came back and the capture is whole again. */
export function settleRefund(simulator: Simulator, id: string, status: 'COMPLETED' | 'FAILED'): RefundSettlement {
  const refund = simulator.state.refund(id)
  const capture = refund === undefined ? undefined : simulator.state.capture(refund.captureId)
  if (refund === undefined || capture === undefined) return { kind: 'not_found' }
  if (refund.status !== 'PENDING') return { kind: 'not_pending', refund }
  const now = simulator.clock.now()
  const settled: RefundRecord = { ...refund, status, updatedAt: now }
  const isFailed = status === 'FAILED'
  const restored = isFailed ? withRefunds(capture, capture.refundedMinor - toMinor(refund.amount), now) : capture
  const event = isFailed ? 'PAYMENT.REFUND.FAILED' : 'PAYMENT.CAPTURE.REFUNDED'
  simulator.state.commit({
    refunds: [settled],
    captures: [restored],
    ledger: [refundEntry(isFailed ? 'refund_failed' : 'refund', settled, restored, now)],
    ...raise(simulator, [refundEvent(simulator, event, settled)]),
  })
  return { kind: 'settled', refund: settled }
}

/**
 * The seller has won a chargeback: the bank gives back all that it took. PayPal tells of it in its transaction list alone. What
 * it then shows of the capture is not documented: all of it again, or with `staysTaken` what it showed before.
 */
export function returnReversal(
  simulator: Simulator,
  id: string,
  staysTaken: boolean,
): RefundRecord | 'not_found' | 'not_possible' {
  const refund = simulator.state.refund(id)
  const capture = refund === undefined ? undefined : simulator.state.capture(refund.captureId)
  if (refund === undefined || capture === undefined) return 'not_found'
  if (refund.cause !== 'reversal' || refund.returned !== undefined) return 'not_possible'
  const now = simulator.clock.now()
  const returned: RefundRecord = { ...refund, returned: { id: newResourceId(), at: now } }
  const restored = staysTaken
    ? capture
    : withRefunds({ ...capture, reason: null }, capture.refundedMinor - toMinor(refund.amount), now)
  simulator.state.commit({
    refunds: [returned],
    captures: [restored],
    ledger: [refundEntry('reversal_returned', returned, restored, now)],
  })
  return returned
}
