import { newDisputeId } from '../ids'
import { captureEntry, type LedgerDraft, type LedgerKind } from '../ledger'
import { fromMinor, toMinor } from '../money'
import { moveBack } from '../orders/move-back'
import type { CaptureRecord } from '../records'
import type { Simulator } from '../simulator'
import type { EventType } from '../webhooks/event-types'
import { raise, type EventDraft, type Raised } from '../webhooks/raise-events'
import { disputeRepresentation } from './dispute-representations'
import type { DisputeOutcome, DisputeRecord } from './records'

/** What a control may set when it opens or changes a dispute. */
export type DisputeDetails = Partial<Pick<DisputeRecord, 'reason' | 'status' | 'stage' | 'sellerResponseDueAt'>> & {
  amountMinor?: number
  message?: string
}

const RESPONSE_TIME_MS = 10 * 24 * 3_600_000

/** The buyer complains about a capture: by default all of it did not arrive, and the seller has 10 days to answer. */
export function openDispute(simulator: Simulator, capture: CaptureRecord, details: DisputeDetails): DisputeRecord {
  const now = simulator.clock.now()
  const dispute: DisputeRecord = withDetails(
    {
      id: newDisputeId(),
      captureId: capture.id,
      reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
      status: 'WAITING_FOR_SELLER_RESPONSE',
      stage: 'INQUIRY',
      amount: capture.amount,
      sellerResponseDueAt: now + RESPONSE_TIME_MS,
      messages: [],
      outcome: null,
      refundedMinor: 0,
      createdAt: now,
      updatedAt: now,
    },
    details,
    now,
  )
  simulator.state.commit({
    disputes: [dispute],
    ledger: [disputeEntry('dispute_opened', dispute, capture, now)],
    ...raise(simulator, [disputeEvent(simulator, 'CUSTOMER.DISPUTE.CREATED', dispute)]),
  })
  return dispute
}

export function updateDispute(simulator: Simulator, old: DisputeRecord, details: DisputeDetails): DisputeRecord {
  const dispute = withDetails(old, details, simulator.clock.now())
  const raised = raise(simulator, [disputeEvent(simulator, 'CUSTOMER.DISPUTE.UPDATED', dispute)])
  simulator.state.commit({ disputes: [dispute], ...raised })
  return dispute
}

/** Ends a dispute. In favour of the buyer it takes the disputed money back, as far as it was not refunded already. */
export function resolveDispute(
  simulator: Simulator,
  old: DisputeRecord,
  capture: CaptureRecord,
  outcome: DisputeOutcome,
): DisputeRecord {
  const now = simulator.clock.now()
  const left = toMinor(capture.amount) - capture.refundedMinor
  const minor = outcome === 'RESOLVED_BUYER_FAVOUR' ? Math.min(left, toMinor(old.amount)) : 0
  const dispute: DisputeRecord = { ...old, status: 'RESOLVED', outcome, refundedMinor: minor, updatedAt: now }
  const news = raise(simulator, [disputeEvent(simulator, 'CUSTOMER.DISPUTE.RESOLVED', dispute)])
  if (minor === 0) {
    const ledger = [disputeEntry('dispute_won', dispute, capture, now)]
    simulator.state.commit({ disputes: [dispute], ledger, ...news })
    return dispute
  }
  const { change } = moveBack(simulator, capture, minor, 'dispute', 'COMPLETED')
  const both: Raised = {
    events: [...(change.events ?? []), ...news.events],
    deliveries: [...(change.deliveries ?? []), ...news.deliveries],
  }
  simulator.state.commit({ ...change, ...both, disputes: [dispute] })
  return dispute
}

function withDetails(dispute: DisputeRecord, details: DisputeDetails, now: number): DisputeRecord {
  const { amountMinor, message, ...rest } = details
  return {
    ...dispute,
    ...rest,
    amount: amountMinor === undefined ? dispute.amount : fromMinor(amountMinor, dispute.amount.currency_code),
    messages: message === undefined ? dispute.messages : [...dispute.messages, { at: now, content: message }],
    updatedAt: now,
  }
}

function disputeEntry(kind: LedgerKind, dispute: DisputeRecord, capture: CaptureRecord, now: number): LedgerDraft {
  const amountMinor = toMinor(dispute.amount)
  return { ...captureEntry(kind, capture, now), amountMinor, feeMinor: 0, status: dispute.status }
}

function disputeEvent(simulator: Simulator, type: EventType, dispute: DisputeRecord): EventDraft {
  const resource = disputeRepresentation(simulator, simulator.origin(), dispute)
  return { type, resource, about: [dispute.id, dispute.captureId] }
}
