import type { Money } from './money'
import type { CaptureOutcome, GetCaptureOutcome, GetOrderOutcome, PayPalCapture, PayPalOrder } from './payment-gateway'
import { goneMinor, type AutomaticRefundReason } from './refund'

/**
 * Life of a payment attempt. `creating` and `created` may be closed by anybody; from `capturing` on money may have
 * moved, and only a definite answer from PayPal leads out.
 */
export const ATTEMPT_STATES = [
  'creating',
  'created',
  'capturing',
  'pending',
  'completed',
  'closed',
  'refunding',
  'refunded',
  'review',
] as const
export type AttemptState = (typeof ATTEMPT_STATES)[number]

/** The allowed moves. `closed` is not the end: a capture that turns up late becomes a late order or a refund. */
export const ATTEMPT_MOVES: Readonly<Record<AttemptState, readonly AttemptState[]>> = {
  creating: ['created', 'closed'],
  created: ['capturing', 'pending', 'completed', 'closed', 'refunding'],
  capturing: ['created', 'pending', 'completed', 'closed', 'refunding'],
  pending: ['completed', 'closed', 'refunding'],
  completed: [],
  closed: ['completed', 'refunding'],
  refunding: ['refunded', 'review'],
  // A bank may give back what it took of money that became no order.
  refunded: ['refunding', 'review'],
  review: ['refunding', 'refunded'],
}

/** The states in which the attempt's stock is held. */
export const HOLDING_STATES: readonly AttemptState[] = ['creating', 'created', 'capturing', 'pending']

/** Why an attempt was closed without money. */
export const CLOSE_REASONS = [
  'hold_expired',
  'cart_changed',
  'replaced',
  'paypal_order_gone',
  'paypal_refused',
  'mismatch',
  'capture_failed',
  // PayPal had accepted the payment, looked at it, and said no.
  'capture_denied',
  'cancelled',
  // Not closed by anybody: the row was lost and made again from PayPal's order.
  'rebuilt',
] as const
export type CloseReason = (typeof CLOSE_REASONS)[number]

/** Whether PayPal has said no to the way of paying. */
export function isRefusal(reason: CloseReason | null): boolean {
  return reason === 'paypal_refused' || reason === 'capture_failed'
}

/** What PayPal must show for an attempt before and after the money moves. */
export interface ExpectedPayment {
  readonly attemptId: string
  readonly amount: Money
  readonly merchantId: string
}

/** The next step after looking at the PayPal order. */
export type OrderPlan =
  | { readonly step: 'capture' }
  | { readonly step: 'finalise'; readonly capture: PayPalCapture; readonly refundedMinor: number }
  | { readonly step: 'await_capture'; readonly capture: PayPalCapture }
  | { readonly step: 'buyer_must_approve' }
  | { readonly step: 'close'; readonly reason: CloseReason }
  | { readonly step: 'ask_again'; readonly cause: string }

/** What the look at a PayPal order can lead to; the order need not tell what became of a capture under review. */
export type LookPlan = OrderPlan | { readonly step: 'look_at_capture'; readonly paypalCaptureId: string }

/** The attempt as it was read before PayPal was asked. */
export interface LookedAt {
  readonly state: AttemptState
  /** The capture that PayPal had not decided on. */
  readonly pendingCaptureId: string | null
}

/**
 * K4, and the look at a PayPal order whose capture answer was lost. Captures are looked at before the order's own
 * status, because a PayPal order that is COMPLETED is not thereby paid.
 */
export function planFromOrder(expected: ExpectedPayment, seen: GetOrderOutcome, attempt: LookedAt): LookPlan {
  if (seen.kind === 'unknown') return { step: 'ask_again', cause: seen.cause }
  const isUnderReview = attempt.state === 'pending' || attempt.pendingCaptureId !== null
  if (seen.kind === 'missing') {
    if (isUnderReview) return lookAtPending(attempt)
    // Its money may have been taken: the same call under the same key has PayPal say what became of that.
    return attempt.state === 'capturing' ? { step: 'capture' } : { step: 'close', reason: 'paypal_order_gone' }
  }
  const { order } = seen
  const paid = order.captures.find(isPaid)
  if (paid) return { step: 'finalise', capture: paid, refundedMinor: goneMinor(order.refunds, paid.paypalCaptureId) }
  const pending = order.captures.find((capture) => capture.status === 'PENDING')
  if (pending) return { step: 'await_capture', capture: pending }
  if (isUnderReview) return planWithoutReview(attempt, order)
  switch (order.status) {
    case 'APPROVED':
      return orderMatches(expected, order) ? { step: 'capture' } : { step: 'close', reason: 'mismatch' }
    case 'CREATED':
    case 'SAVED':
    case 'PAYER_ACTION_REQUIRED':
      return { step: 'buyer_must_approve' }
    case 'VOIDED':
      return { step: 'close', reason: 'paypal_order_gone' }
    case 'COMPLETED':
      return order.captures.length > 0
        ? { step: 'close', reason: 'capture_failed' }
        : { step: 'ask_again', cause: 'completed PayPal order shows no capture' }
  }
}

/** PayPal had a capture under review, and its order shows none that is paid or pending: the capture itself decides. */
function planWithoutReview(attempt: LookedAt, { captures }: PayPalOrder): LookPlan {
  const { pendingCaptureId } = attempt
  const isShown = captures.some(
    ({ paypalCaptureId }) => pendingCaptureId === null || paypalCaptureId === pendingCaptureId,
  )
  return isShown ? { step: 'close', reason: 'capture_failed' } : lookAtPending(attempt)
}

/** Money that PayPal has accepted is not gone because its order is not shown. */
function lookAtPending({ pendingCaptureId }: LookedAt): LookPlan {
  return pendingCaptureId === null
    ? { step: 'ask_again', cause: 'PayPal does not show the capture that it had under review' }
    : { step: 'look_at_capture', paypalCaptureId: pendingCaptureId }
}

/** The next step after looking at a capture by itself, because its order does not show it. */
export function planFromPending(seen: GetCaptureOutcome): Exclude<OrderPlan, { step: 'capture' }> {
  if (seen.kind === 'unknown') return { step: 'ask_again', cause: seen.cause }
  if (seen.kind === 'missing') return { step: 'close', reason: 'paypal_order_gone' }
  const { capture } = seen
  // How much has gone back of it only its order would show.
  if (isPaid(capture)) return { step: 'finalise', capture, refundedMinor: 0 }
  if (capture.status === 'PENDING') return { step: 'await_capture', capture }
  return { step: 'close', reason: 'capture_failed' }
}

/** The next step after PayPal answered a capture call. */
export type CapturePlan =
  | { readonly step: 'finalise'; readonly capture: PayPalCapture; readonly refundedMinor: number }
  | { readonly step: 'await_capture'; readonly capture: PayPalCapture }
  /** Back to `created` under a new request key: the same key would replay the refusal. */
  | { readonly step: 'reopen'; readonly issue: string }
  | { readonly step: 'close'; readonly reason: CloseReason; readonly issue: string }
  /** `isPaidElsewhere`: PayPal has named another payment of the same invoice. */
  | { readonly step: 'look_up'; readonly isPaidElsewhere: boolean }
  | { readonly step: 'ask_again'; readonly cause: string }

/** K6 -> K7, K7' or neither. Whatever is not listed as a definite no stays unknown. */
export function planFromCapture(outcome: CaptureOutcome): CapturePlan {
  switch (outcome.kind) {
    case 'captured':
      if (outcome.capture.status === 'COMPLETED')
        return { step: 'finalise', capture: outcome.capture, refundedMinor: 0 }
      // An old key was answered with what has become of its capture since; only the order shows how much is left.
      if (isPaid(outcome.capture)) return { step: 'look_up', isPaidElsewhere: false }
      if (outcome.capture.status === 'PENDING') return { step: 'await_capture', capture: outcome.capture }
      return { step: 'close', reason: 'capture_failed', issue: outcome.capture.status }
    case 'already_captured':
      return { step: 'look_up', isPaidElsewhere: false }
    case 'duplicate_invoice':
      return { step: 'look_up', isPaidElsewhere: true }
    case 'declined':
      return { step: 'reopen', issue: outcome.issue }
    case 'not_approved':
      return { step: 'reopen', issue: 'ORDER_NOT_APPROVED' }
    case 'missing':
      return { step: 'close', reason: 'paypal_order_gone', issue: outcome.issue }
    case 'refused':
      return { step: 'close', reason: 'paypal_refused', issue: outcome.issue }
    case 'unknown':
      return { step: 'ask_again', cause: outcome.cause }
  }
}

/** What becomes of money that PayPal holds. */
export type Disposition =
  | { readonly kind: 'order'; readonly stock: 'held' | 'free' }
  | { readonly kind: 'refund'; readonly reason: AutomaticRefundReason }

export interface FinaliseFacts {
  readonly state: AttemptState
  readonly expected: ExpectedPayment
  readonly capture: PayPalCapture
  readonly cartHasOrder: boolean
  /** Name and address are gone: there is nobody to send an order to. */
  readonly isErased: boolean
  /** Whether the stock could be taken without a hold; only asked when the hold is gone. */
  readonly stockIsFree: boolean
}

/** K7 and K7'': the one place that decides between an order and a refund. Never both, never neither. */
export function planDisposition(facts: FinaliseFacts): Disposition {
  if (!captureMatches(facts.expected, facts.capture)) return { kind: 'refund', reason: 'mismatch' }
  // PayPal has given all of it back before we knew of it: there is nothing to sell for.
  if (facts.capture.status === 'REFUNDED') return { kind: 'refund', reason: 'gone_at_paypal' }
  if (facts.cartHasOrder) return { kind: 'refund', reason: 'late_capture' }
  if (facts.isErased) return { kind: 'refund', reason: 'unfulfillable' }
  if (HOLDING_STATES.includes(facts.state)) return { kind: 'order', stock: 'held' }
  return facts.stockIsFree ? { kind: 'order', stock: 'free' } : { kind: 'refund', reason: 'unfulfillable' }
}

/** Whether the buyer of a payment that was closed a month ago can be forgotten. */
export type ErasurePlan =
  | { readonly step: 'erase' }
  /** There is money, or may be: it must become an order or go back first. */
  | { readonly step: 'drive' }
  | { readonly step: 'ask_again'; readonly cause: string }

/**
 * PayPal lets an order lapse within hours when nobody captures it, and from a closed attempt nobody does (see `planCaptureCall`):
 * one that shows no money a month later is as good as gone, whatever its status says.
 */
export function planErasure(seen: GetOrderOutcome): ErasurePlan {
  if (seen.kind === 'unknown') return { step: 'ask_again', cause: seen.cause }
  if (seen.kind === 'missing') return { step: 'erase' }
  const { captures, status } = seen.order
  if (captures.some((capture) => isPaid(capture) || capture.status === 'PENDING')) return { step: 'drive' }
  return status === 'COMPLETED' && captures.length === 0
    ? { step: 'ask_again', cause: 'completed PayPal order shows no capture' }
    : { step: 'erase' }
}

/** The same of a capture that PayPal had under review when it was last seen, whose order shows nothing. */
export function planErasureOfPending(seen: GetCaptureOutcome): ErasurePlan {
  if (seen.kind === 'unknown') return { step: 'ask_again', cause: seen.cause }
  if (seen.kind === 'missing') return { step: 'erase' }
  return isPaid(seen.capture) || seen.capture.status === 'PENDING' ? { step: 'drive' } : { step: 'erase' }
}

/** True once PayPal has had the money, whatever became of it since. */
export function isPaid(capture: PayPalCapture): boolean {
  return capture.status === 'COMPLETED' || capture.status === 'PARTIALLY_REFUNDED' || capture.status === 'REFUNDED'
}

function orderMatches(expected: ExpectedPayment, order: PayPalOrder): boolean {
  return (
    order.customId === expected.attemptId &&
    order.payeeMerchantId === expected.merchantId &&
    sameMoney(order.amount, expected.amount)
  )
}

function captureMatches(expected: ExpectedPayment, capture: PayPalCapture): boolean {
  const named = capture.customId === null || capture.customId === expected.attemptId
  return named && sameMoney(capture.amount, expected.amount)
}

function sameMoney(a: Money | null, b: Money): boolean {
  return a !== null && a.minor === b.minor && a.currency === b.currency
}
