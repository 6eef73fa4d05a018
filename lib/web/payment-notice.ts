import 'server-only'

import type { CloseReason } from '@/lib/domain/payment'
import type { PaymentNotice } from '@/lib/domain/payment-messages'
import type { FinishOutcome } from '@/lib/payments/finish-payment'
import type { StartPaymentOutcome } from '@/lib/payments/start-payment'

const CLOSED: Readonly<Record<CloseReason, PaymentNotice>> = {
  hold_expired: 'expired',
  paypal_order_gone: 'expired',
  cart_changed: 'cart_changed',
  replaced: 'cart_changed',
  mismatch: 'mismatch',
  paypal_refused: 'refused',
  capture_failed: 'declined',
  capture_denied: 'denied',
  cancelled: 'cancelled',
  rebuilt: 'pending',
}

/** What to tell a shopper about a payment that has not become an order. */
export function noticeOfFinish(
  outcome: Exclude<FinishOutcome, { kind: 'order_placed' } | { kind: 'not_found' }>,
): PaymentNotice {
  if (outcome.kind === 'slow_down') return 'slow_finish'
  return outcome.kind === 'closed' ? CLOSED[outcome.reason] : outcome.kind
}

/** What to tell a shopper about a payment that did not begin. */
export function noticeOfStart(outcome: Exclude<StartPaymentOutcome, { kind: 'started' }>): PaymentNotice {
  switch (outcome.kind) {
    case 'lines_unavailable':
      return 'sold_out'
    case 'paypal_refused':
      return 'refused'
    default:
      return outcome.kind
  }
}
