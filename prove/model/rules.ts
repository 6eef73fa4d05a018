import { bookCapture, bookRefund } from '@/lib/domain/journal'
import { HOLDING_STATES, planDisposition, planFromCapture, planFromOrder, planFromPending } from '@/lib/domain/payment'
import {
  closeReasonOf,
  endsHoldAfter,
  FENCED_FROM,
  isApprovedAnew,
  isPaymentUnderWay,
  mayAwaitCapture,
  mayClose,
  mayReopen,
  planCaptureCall,
  planFinish,
  planSecondLook,
  planSweep,
  RECORDS_PAYPAL_ORDER_IN,
  SWEPT_STATES,
  WOKEN_STATES,
} from '@/lib/domain/payment-driver'
import { planReconciliation } from '@/lib/domain/reconciliation'
import {
  attemptAfterRefund,
  automaticRefundMinor,
  goneMinor,
  planFromRefund,
  planRecord,
  planRetry,
  planSend,
  type SentRefund,
} from '@/lib/domain/refund'
import { planRefund } from '@/lib/domain/refund-request'
import { planWebhook } from '@/lib/domain/webhook'
import { captureKey, createOrderKey, refundKey } from '@/lib/payments/request-keys'

/** The shop's own rules, the very functions that its verbs call. A broken variant replaces some of them. */
export const SHOP_RULES = {
  HOLDING_STATES,
  FENCED_FROM,
  RECORDS_PAYPAL_ORDER_IN,
  SWEPT_STATES,
  WOKEN_STATES,
  planFromOrder,
  planFromCapture,
  planFromPending,
  planDisposition,
  closeReasonOf,
  endsHoldAfter,
  isApprovedAnew,
  isPaymentUnderWay,
  mayAwaitCapture,
  mayClose,
  mayReopen,
  planCaptureCall,
  planFinish,
  planSecondLook,
  planSweep,
  attemptAfterRefund,
  automaticRefundMinor,
  goneMinor,
  planFromRefund,
  planRecord,
  planRefund,
  // The second argument is for a broken variant alone.
  planSend: (refund: Parameters<typeof planSend>[0]) => planSend(refund),
  planWebhook,
  planReconciliation,
  bookCapture,
  bookRefund,
  createOrderKey,
  captureKey,
  refundKey: (refund: SentRefund, _tries: number): string => refundKey(refund),
  planRetry,
}
export type Rules = typeof SHOP_RULES
