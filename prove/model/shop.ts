import { ATTEMPT_MOVES, type AttemptState, type CloseReason } from '@/lib/domain/payment'
import type { PayPalCapture } from '@/lib/domain/payment-gateway'

import { must } from './broken-promise'
import { attemptId, MERCHANT, paypalOf, usd } from './paypal'
import type { Rules } from './rules'
import { TOTAL_MINOR, type Attempt, type Driver, type State } from './state'

/** The transactions of the shop's verbs, each on a state: what they read and write. What they decide is `rules`. */

export function attemptOf(state: State, at: number): Attempt {
  const attempt = state.attempts[at]
  if (!attempt) throw new Error(`there is no attempt ${at}`)
  return attempt
}

export function isHolding(rules: Rules, { state }: Attempt): boolean {
  return state !== 'none' && rules.HOLDING_STATES.includes(state)
}

/** As the trigger of the table has it. */
export function moveAttempt(attempt: Attempt, to: AttemptState): void {
  const from = attempt.state
  must(from !== 'none' && (from === to || ATTEMPT_MOVES[from].includes(to)), `an attempt moves from ${from} to ${to}`)
  attempt.state = to
  attempt.isDue = false
}

/** K1. */
export function begin(state: State, at: number): void {
  const attempt = attemptOf(state, at)
  attempt.state = 'creating'
  state.held += 1
}

export function closeLocked(state: State, rules: Rules, at: number, _reason: CloseReason): void {
  const attempt = attemptOf(state, at)
  const held = isHolding(rules, attempt)
  moveAttempt(attempt, 'closed')
  if (held) state.held -= 1
}

/** K7', final. */
export function close(
  state: State,
  rules: Rules,
  at: number,
  by: Parameters<Rules['mayClose']>[1],
  reason: CloseReason,
  read?: Parameters<Rules['mayClose']>[2],
): void {
  const attempt = attemptOf(state, at)
  if (attempt.state === 'none' || !rules.mayClose({ ...attempt, state: attempt.state }, by, read)) return
  closeLocked(state, rules, at, rules.closeReasonOf(attempt.state, reason))
}

/** K5. True when this call passed it. */
export function fence(state: State, rules: Rules, at: number): boolean {
  const attempt = attemptOf(state, at)
  if (attempt.state === 'none' || !rules.FENCED_FROM.includes(attempt.state)) return false
  moveAttempt(attempt, 'capturing')
  attempt.fencedSeq = Math.max(attempt.fencedSeq, attempt.captureSeq)
  return true
}

/** K7', retryable. */
export function reopen(state: State, rules: Rules, driver: Driver, issue: string): void {
  const attempt = attemptOf(state, driver.at)
  if (attempt.state === 'none') return
  const read = { state: driver.readState as AttemptState, captureSeq: driver.readSeq }
  if (!rules.mayReopen({ state: attempt.state, captureSeq: attempt.captureSeq }, read)) return
  moveAttempt(attempt, 'created')
  attempt.captureSeq = driver.readSeq + 1
  if (issue === 'ORDER_NOT_APPROVED') return
  attempt.isDeclined = true
  const side = paypalOf(state, driver.at)
  if (side.approval === 2) side.approval = 1
}

export function awaitCapture(state: State, rules: Rules, at: number): void {
  const attempt = attemptOf(state, at)
  if (attempt.state === 'closed') attempt.isReviewed = true
  if (attempt.state === 'none' || !rules.mayAwaitCapture(attempt.state)) return
  moveAttempt(attempt, 'pending')
  attempt.isReviewed = true
}

/** K7: an order or a refund, once. */
export function finalise(state: State, rules: Rules, at: number, capture: PayPalCapture, refundedMinor: number): void {
  const attempt = attemptOf(state, at)
  if (attempt.capturedMinor > 0 || attempt.state === 'none') return
  const held = isHolding(rules, attempt)
  const disposition = rules.planDisposition({
    state: attempt.state,
    expected: { attemptId: attemptId(at), amount: usd(TOTAL_MINOR), merchantId: MERCHANT },
    capture,
    cartHasOrder: state.orders.length > 0,
    isErased: false,
    stockIsFree: held ? false : state.onHand - state.held >= 1,
  })
  attempt.capturedMinor = capture.amount?.minor ?? 0
  if (disposition.kind === 'order') {
    moveAttempt(attempt, 'completed')
    state.orders.push(at)
    state.onHand -= 1
    state.sold += 1
    if (disposition.stock === 'held') state.held -= 1
    return
  }
  moveAttempt(attempt, 'refunding')
  if (held) state.held -= 1
  state.refunds.push({
    id: `auto${at}`,
    of: at,
    amountMinor: rules.automaticRefundMinor(attempt.capturedMinor, refundedMinor),
    earlierMinor: [],
    reason: disposition.reason,
    restocks: false,
    state: 'pending',
    atPayPal: -1,
    tries: 0,
    isDue: true,
  })
}
