import type { ExperienceContext, Money, PurchaseUnit } from './paypal-shapes'
import type { TrackerRecord } from './tracking/tracker-record'

/** What the buyer pays with; decides what the next capture answers. */
export const FUNDINGS = ['balance', 'declined_card', 'pending', 'declined_capture'] as const
export type Funding = (typeof FUNDINGS)[number]

export type OrderStatus = 'CREATED' | 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'COMPLETED'

/** One PayPal order. Times are milliseconds of the simulated clock. */
export type OrderRecord = {
  id: string
  intent: 'CAPTURE' | 'AUTHORIZE'
  status: OrderStatus
  /** True when created with `payment_source.paypal`: decides the link style and the first status. */
  hasPaymentSource: boolean
  experience: ExperienceContext
  purchaseUnits: PurchaseUnit[]
  createdAt: number
  updatedAt: number
  approvedAt: number | null
  /** The totals in minor units that the buyer agreed to, in the order of the purchase units. */
  approvedTotals: number[] | null
  funding: Funding | null
  declines: number
  expiresAt: number
  /** True once the end of its approval was announced. */
  isApprovalReversed?: boolean
  trackers?: TrackerRecord[]
}

export type CaptureStatus = 'COMPLETED' | 'PENDING' | 'DECLINED' | 'PARTIALLY_REFUNDED' | 'REFUNDED'

export type CaptureRecord = {
  id: string
  orderId: string
  referenceId: string
  status: CaptureStatus
  reason: string | null
  amount: Money
  feeMinor: number
  payeeMerchantId: string
  payeeEmail: string | null
  customId: string | null
  invoiceId: string | null
  /** What was given back or taken back, pending refunds included. */
  refundedMinor: number
  createdAt: number
  updatedAt: number
}

/** Who took the money back: the shop by the API, the seller on PayPal's site, a bank, or PayPal after a dispute. */
export type RefundCause = 'shop' | 'site' | 'reversal' | 'dispute'
export type RefundStatus = 'COMPLETED' | 'PENDING' | 'FAILED'

export type RefundRecord = {
  id: string
  captureId: string
  orderId: string
  cause?: RefundCause
  status: RefundStatus
  amount: Money
  totalRefundedMinor: number
  customId: string | null
  invoiceId: string | null
  noteToPayer: string | null
  createdAt: number
  /** Set when its status changed after it was made. */
  updatedAt?: number
  /** A reversal that was itself reversed: the money came again by a movement of its own. */
  returned?: { id: string; at: number }
}
