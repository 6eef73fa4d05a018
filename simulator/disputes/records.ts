import type { Money } from '../paypal-shapes'

export const DISPUTE_REASONS = [
  'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
  'MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED',
  'UNAUTHORISED',
  'CREDIT_NOT_PROCESSED',
  'DUPLICATE_TRANSACTION',
  'INCORRECT_AMOUNT',
  'OTHER',
] as const
export const DISPUTE_STATUSES = [
  'OPEN',
  'WAITING_FOR_BUYER_RESPONSE',
  'WAITING_FOR_SELLER_RESPONSE',
  'UNDER_REVIEW',
] as const
export const DISPUTE_STAGES = ['INQUIRY', 'CHARGEBACK'] as const
export const DISPUTE_OUTCOMES = ['RESOLVED_BUYER_FAVOUR', 'RESOLVED_SELLER_FAVOUR', 'CANCELED_BY_BUYER'] as const

export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number]

/** One complaint of a buyer about one capture. Times are milliseconds of the simulated clock. */
export type DisputeRecord = {
  id: string
  captureId: string
  reason: (typeof DISPUTE_REASONS)[number]
  status: (typeof DISPUTE_STATUSES)[number] | 'RESOLVED'
  stage: (typeof DISPUTE_STAGES)[number]
  amount: Money
  sellerResponseDueAt: number | null
  messages: { at: number; content: string }[]
  outcome: DisputeOutcome | null
  refundedMinor: number
  createdAt: number
  updatedAt: number
}
