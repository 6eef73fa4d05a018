import type { Address } from './address'
import type { Currency, Money } from './money'

/**
 * The port to whoever moves the money. `lib/payments/paypal` implements it over HTTP; nothing else in the shop knows
 * how PayPal is spoken to. Every answer is one of three kinds of thing: a fact, a definite no, or unknown. Unknown is
 * not failure: the money may have moved.
 */
export interface PaymentGateway {
  /** Creates a PayPal order. `requestKey` makes a repeat return the first one (PayPal keeps keys for 6 hours). */
  createOrder(draft: PayPalOrderDraft, requestKey: string): Promise<CreateOrderOutcome>
  getOrder(paypalOrderId: string): Promise<GetOrderOutcome>
  /** Takes the money. Never call it unless the attempt is durably `capturing`. */
  captureOrder(paypalOrderId: string, requestKey: string): Promise<CaptureOutcome>
  getCapture(paypalCaptureId: string): Promise<GetCaptureOutcome>
  /** Gives back all or part of a capture. Keys are kept for 45 days. */
  refundCapture(draft: PayPalRefundDraft, requestKey: string): Promise<RefundOutcome>
  getRefund(paypalRefundId: string): Promise<GetRefundOutcome>
  getDispute(disputeId: string): Promise<GetDisputeOutcome>
  /** Everything that moved in the account in a span of at most 31 days; up to three hours late. */
  listTransactions(span: TransactionSpan): Promise<ListTransactionsOutcome>
}

export interface PayPalOrderDraft {
  readonly attemptId: string
  /** Kept by PayPal with the order, so that it can be told which cart was paid when our own rows are lost. */
  readonly cartId: string
  /** Shown to the buyer and the merchant; unique for each attempt. */
  readonly invoiceId: string
  readonly brandName: string
  readonly currency: Currency
  readonly lines: readonly PayPalOrderLine[]
  readonly itemsMinor: number
  readonly discountMinor: number
  readonly deliveryMinor: number
  /** Only tax that is added to the listed prices; contained tax is already in the lines. */
  readonly addedTaxMinor: number
  readonly totalMinor: number
  readonly address: Address
  readonly returnUrl: string
  readonly cancelUrl: string
}

export interface PayPalOrderLine {
  readonly name: string
  readonly description: string
  readonly sku: string
  readonly quantity: number
  readonly unitPriceMinor: number
}

/** A definite no: the money has not moved. `issue` is PayPal's own code, `debugId` what their support asks for. */
export interface Refusal {
  readonly kind: 'refused'
  readonly issue: string
  readonly debugId: string | null
}

/** No definite answer. The request may or may not have had its effect. */
export interface Unknown {
  readonly kind: 'unknown'
  readonly cause: string
  readonly debugId: string | null
}

export type CreateOrderOutcome =
  /** A request that is repeated is answered with the order as it is now: one that was approved since has no address for that. */
  { readonly kind: 'created'; readonly paypalOrderId: string; readonly approveUrl: string | null } | Refusal | Unknown

export type GetOrderOutcome =
  | { readonly kind: 'found'; readonly order: PayPalOrder }
  /** Expired, or never existed. */
  | { readonly kind: 'missing'; readonly debugId: string | null }
  | Unknown

export type CaptureOutcome =
  | { readonly kind: 'captured'; readonly capture: PayPalCapture }
  /** Somebody won: ask with getOrder and go on. */
  | { readonly kind: 'already_captured'; readonly debugId: string | null }
  /** This way of paying was refused; the buyer may choose another for the same PayPal order. */
  | { readonly kind: 'declined'; readonly issue: string; readonly debugId: string | null }
  | { readonly kind: 'not_approved'; readonly debugId: string | null }
  /** The invoice id is already paid: there may be an earlier capture. */
  | { readonly kind: 'duplicate_invoice'; readonly debugId: string | null }
  /** PayPal knows no such order any more: it expired, or was voided. */
  | { readonly kind: 'missing'; readonly issue: string; readonly debugId: string | null }
  /** Final for this PayPal order. `ours` when the merchant's account is the cause, so that the operator hears of it. */
  | (Refusal & { readonly ours: boolean })
  | Unknown

export type GetCaptureOutcome =
  | { readonly kind: 'found'; readonly capture: PayPalCapture; readonly paypalOrderId: string | null }
  | { readonly kind: 'missing'; readonly debugId: string | null }
  | Unknown

export type GetRefundOutcome =
  | { readonly kind: 'found'; readonly refund: PayPalRefund }
  | { readonly kind: 'missing'; readonly debugId: string | null }
  | Unknown

export interface PayPalRefundDraft {
  /** Ours; PayPal shows it again as the refund's `custom_id`. */
  readonly reference: string
  readonly paypalCaptureId: string
  readonly amount: Money
  /** At most 255 characters; empty for none. */
  readonly noteToPayer: string
}

export type RefundOutcome =
  | { readonly kind: 'refunded'; readonly paypalRefundId: string }
  | { readonly kind: 'pending'; readonly paypalRefundId: string }
  /** Refused for now, because the merchant's balance is too low, say. */
  | { readonly kind: 'not_yet'; readonly issue: string; readonly debugId: string | null }
  | Refusal
  | Unknown

export type PayPalOrderStatus = 'CREATED' | 'SAVED' | 'APPROVED' | 'VOIDED' | 'COMPLETED' | 'PAYER_ACTION_REQUIRED'

export interface PayPalOrder {
  readonly paypalOrderId: string
  readonly status: PayPalOrderStatus
  readonly customId: string | null
  /** Null when the amount cannot be read exactly or is in a currency we do not know. */
  readonly amount: Money | null
  readonly payeeMerchantId: string | null
  readonly approveUrl: string | null
  readonly captures: readonly PayPalCapture[]
  /** Those of our own doing, those made at PayPal's site, and what was taken back. */
  readonly refunds: readonly PayPalRefund[]
  /** Null when the order has no purchase unit. */
  readonly contents: PayPalOrderContents | null
}

/** What a PayPal order says it was for: enough to make an order of it when our own row is lost. Null: it does not say. */
export interface PayPalOrderContents {
  /** The cart. */
  readonly referenceId: string | null
  readonly invoiceId: string | null
  readonly payerEmail: string | null
  /** As PayPal holds it; not checked against our rules for addresses. */
  readonly address: Address | null
  /** Null when one of them cannot be read exactly. */
  readonly items: readonly PayPalOrderItem[] | null
  /** Minor units of the order's currency; null when one cannot be read, or when there is one that we never send. */
  readonly parts: {
    readonly itemsMinor: number
    readonly discountMinor: number
    readonly deliveryMinor: number
    readonly addedTaxMinor: number
  } | null
}

export interface PayPalOrderItem {
  readonly name: string
  readonly sku: string
  readonly quantity: number
  readonly unitPriceMinor: number
}

export type PayPalRefundStatus = 'CANCELLED' | 'FAILED' | 'PENDING' | 'COMPLETED'

export interface PayPalRefund {
  readonly paypalRefundId: string
  readonly status: PayPalRefundStatus
  readonly amount: Money | null
  readonly customId: string | null
  /** From the link to what it refunds. */
  readonly paypalCaptureId: string | null
}

export type PayPalCaptureStatus = 'COMPLETED' | 'DECLINED' | 'PARTIALLY_REFUNDED' | 'PENDING' | 'REFUNDED' | 'FAILED'

export interface PayPalCapture {
  readonly paypalCaptureId: string
  readonly status: PayPalCaptureStatus
  readonly amount: Money | null
  /** What PayPal keeps; null while pending. */
  readonly feeMinor: number | null
  readonly customId: string | null
  readonly reason: string | null
}

export type GetDisputeOutcome =
  | { readonly kind: 'found'; readonly dispute: PayPalDispute }
  | { readonly kind: 'missing'; readonly debugId: string | null }
  | Unknown

/** A buyer's complaint about payments, at PayPal or at their bank. `status`, `stage` and `outcome` are PayPal's words. */
export interface PayPalDispute {
  readonly disputeId: string
  readonly transactions: readonly {
    readonly paypalCaptureId: string
    readonly invoiceId: string | null
  }[]
  readonly reason: string
  readonly status: string
  readonly stage: string | null
  /** Null until it is decided. */
  readonly outcome: string | null
  readonly amount: Money | null
  /** Without an answer until then the buyer has won. */
  readonly sellerResponseDueAt: Date | null
  readonly openedAt: Date
  readonly updatedAt: Date
}

export interface TransactionSpan {
  readonly from: Date
  readonly to: Date
}

export type ListTransactionsOutcome =
  | {
      readonly kind: 'listed'
      readonly transactions: readonly PayPalTransaction[]
      /** What happened later may be missing; null when PayPal does not say. */
      readonly completeUntil: Date | null
    }
  /** More than PayPal lists at once: ask for a shorter span. */
  | { readonly kind: 'too_many' }
  | Refusal
  | Unknown

/** An entry of PayPal's own list. It shows all that moves in the account, so most of it may be none of ours. */
export interface PayPalTransaction {
  /** A capture's or refund's id. PayPal may list an id twice. */
  readonly transactionId: string
  /**
   * `reversal`: taken back by PayPal or the buyer's bank. `returned`: given back to us after that. `no_movement`: a hold, an
   * authorisation. `other`: whatever else moves money, also what PayPal may invent next.
   */
  readonly kind: 'payment' | 'refund' | 'reversal' | 'returned' | 'no_movement' | 'other'
  /** PayPal's own word for the kind, and what it means. */
  readonly eventCode: string
  readonly meaning: string
  /** `unclear`: PayPal's word for it is none that we know. */
  readonly status: 'completed' | 'pending' | 'denied' | 'reversed' | 'unclear'
  /** Without a sign; null when it cannot be read exactly. */
  readonly amount: Money | null
  readonly isCredit: boolean
  readonly feeMinor: number | null
  readonly customId: string | null
  readonly invoiceId: string | null
  /** For a refund or reversal: the capture. */
  readonly referenceId: string | null
  /** Null when it cannot be read. */
  readonly initiatedAt: Date | null
}
