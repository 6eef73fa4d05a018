import type { Money } from '@/lib/domain/money'
import type {
  CaptureOutcome,
  GetCaptureOutcome,
  GetOrderOutcome,
  PayPalCapture,
  PayPalRefund,
  RefundOutcome,
} from '@/lib/domain/payment-gateway'

import type { Rules } from './rules'
import type { State } from './state'

export const MERCHANT = 'MERCHANT'
export const attemptId = (at: number) => `a${at}`
export const captureId = (at: number) => `C${at}`
export const refundIdAtPayPal = (index: number) => `R${index}`
export const usd = (minor: number): Money => ({ minor, currency: 'USD' })

/** What PayPal holds of an attempt's money, after what went back. */
export function heldMinor(state: State, at: number): number {
  const { capture, amountMinor } = paypalOf(state, at)
  return capture === 'COMPLETED' ? amountMinor - backMinor(state, at) : 0
}

/** What went back of it or is under way. */
export function backMinor(state: State, at: number): number {
  return state.paypalRefunds.reduce(
    (sum, refund) => (refund.of === at && refund.status !== 'FAILED' ? sum + refund.amountMinor : sum),
    0,
  )
}

export function paypalOf(state: State, at: number) {
  const side = state.paypal[at]
  if (!side) throw new Error(`there is no attempt ${at}`)
  return side
}

/** What PayPal shows of an attempt's order. */
export function showOrder(state: State, at: number): GetOrderOutcome {
  const { order, amountMinor } = paypalOf(state, at)
  if (order === 'none' || order === 'gone') return { kind: 'missing', debugId: null }
  const capture = showCapture(state, at)
  return {
    kind: 'found',
    order: {
      paypalOrderId: `O${at}`,
      status: order,
      customId: attemptId(at),
      amount: usd(amountMinor),
      payeeMerchantId: MERCHANT,
      approveUrl: null,
      captures: capture ? [capture] : [],
      refunds: state.paypalRefunds.flatMap((refund, index) => (refund.of === at ? [showRefund(state, index)] : [])),
      contents: null,
    },
  }
}

/** What PayPal shows of an attempt's capture by itself, also when it no longer shows the order. */
export function showCaptureAlone(state: State, at: number): GetCaptureOutcome {
  const capture = showCapture(state, at)
  return capture ? { kind: 'found', capture, paypalOrderId: `O${at}` } : { kind: 'missing', debugId: null }
}

export function showCapture(state: State, at: number): PayPalCapture | null {
  const { capture, amountMinor } = paypalOf(state, at)
  if (capture === 'none') return null
  const back = backMinor(state, at)
  const status = back === 0 ? capture : back < amountMinor ? 'PARTIALLY_REFUNDED' : 'REFUNDED'
  return {
    paypalCaptureId: captureId(at),
    status,
    amount: usd(amountMinor),
    feeMinor: null,
    customId: attemptId(at),
    reason: null,
  }
}

export function showRefund(state: State, index: number): PayPalRefund & { amount: Money } {
  const refund = state.paypalRefunds[index]
  if (!refund) throw new Error(`PayPal has no refund ${index}`)
  return {
    paypalRefundId: refundIdAtPayPal(index),
    status: refund.status,
    amount: usd(refund.amountMinor),
    customId: refund.customId || null,
    paypalCaptureId: captureId(refund.of),
  }
}

/** How PayPal may take a capture call: in each way that is left. */
export type CaptureWay = 'as it is' | 'declined' | 'reviewed' | 'failed'

export function captureWays(state: State, at: number): CaptureWay[] {
  const { order, capture } = paypalOf(state, at)
  const ways: CaptureWay[] = ['as it is']
  if (order !== 'APPROVED' || capture !== 'none') return ways
  if (state.left.declines > 0) ways.push('declined')
  if (state.left.reviews > 0) ways.push('reviewed', 'failed')
  return ways
}

/** Does the work of a capture call, on `state`, and says what the answer is. */
export function takeCapture(state: State, rules: Rules, at: number, seq: number, way: CaptureWay): CaptureOutcome {
  const side = paypalOf(state, at)
  const key = rules.captureKey(attemptId(at), seq)
  const declined = (): CaptureOutcome => {
    side.noUpTo = Math.max(side.noUpTo, seq + 1)
    return { kind: 'declined', issue: 'INSTRUMENT_DECLINED', debugId: null }
  }
  if (side.declinedKeys.includes(`${key};`)) return declined()
  if (side.capture !== 'none') {
    const capture = showCapture(state, at)
    return capture && key === side.captureKey
      ? { kind: 'captured', capture }
      : { kind: 'already_captured', debugId: null }
  }
  if (side.order === 'gone') return { kind: 'missing', issue: 'ORDER_EXPIRED', debugId: null }
  if (side.order !== 'APPROVED') {
    side.noUpTo = Math.max(side.noUpTo, seq + 1)
    return { kind: 'not_approved', debugId: null }
  }
  if (way === 'declined') {
    state.left.declines -= 1
    side.order = 'CREATED'
    side.declinedKeys += `${key};`
    return declined()
  }
  if (way !== 'as it is') state.left.reviews -= 1
  side.order = 'COMPLETED'
  side.capture = way === 'reviewed' ? 'PENDING' : way === 'failed' ? 'DECLINED' : 'COMPLETED'
  side.captureKey = key
  const capture = showCapture(state, at)
  if (!capture) throw new Error('what was captured is not shown')
  return { kind: 'captured', capture }
}

/** Does the work of a refund call of ours, on `state`. `slowly`: PayPal accepts it and sends the money later. */
export function takeRefund(
  state: State,
  call: { readonly of: number; readonly amountMinor: number; readonly customId: string; readonly key: string },
  slowly: boolean,
): RefundOutcome {
  const known = state.keysForgotten ? -1 : state.paypalRefunds.findIndex(({ key }) => key === call.key)
  if (known >= 0) {
    const { status, paypalRefundId } = showRefund(state, known)
    if (status === 'FAILED') return { kind: 'refused', issue: 'REFUND_FAILED', debugId: null }
    return { kind: status === 'PENDING' ? 'pending' : 'refunded', paypalRefundId }
  }
  const leftMinor = heldMinor(state, call.of)
  if (leftMinor < call.amountMinor) {
    const issue = leftMinor === 0 ? 'CAPTURE_FULLY_REFUNDED' : 'REFUND_AMOUNT_EXCEEDED'
    return { kind: 'refused', issue, debugId: null }
  }
  if (slowly) state.left.slowRefunds -= 1
  state.paypalRefunds.push({ ...call, status: slowly ? 'PENDING' : 'COMPLETED' })
  const paypalRefundId = refundIdAtPayPal(state.paypalRefunds.length - 1)
  return { kind: slowly ? 'pending' : 'refunded', paypalRefundId }
}
