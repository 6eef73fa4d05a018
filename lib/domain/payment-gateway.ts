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
  /** Gives back all or part of a capture. Keys are kept for 45 days. */
  refundCapture(paypalCaptureId: string, amount: Money, requestKey: string): Promise<RefundOutcome>
}

export interface PayPalOrderDraft {
  readonly attemptId: string
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
  | { readonly kind: 'created'; readonly paypalOrderId: string; readonly approveUrl: string }
  | Refusal
  | Unknown

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
  /** Final for this PayPal order. `ours` when the merchant's account is the cause, so that the operator hears of it. */
  | (Refusal & { readonly ours: boolean })
  | Unknown

export type RefundOutcome =
  | { readonly kind: 'refunded'; readonly paypalRefundId: string }
  | { readonly kind: 'pending'; readonly paypalRefundId: string }
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
