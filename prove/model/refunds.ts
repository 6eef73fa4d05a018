import type { KnownRefund, RefundState } from '@/lib/domain/refund'
import { isAutomatic, REFUND_MOVES, REFUNDED_AT_PAYPAL } from '@/lib/domain/refund'

import { must } from './broken-promise'
import { refundIdAtPayPal, showRefund } from './paypal'
import type { Rules } from './rules'
import { attemptOf, moveAttempt } from './shop'
import type { RefundRow, State } from './state'

export function refundOf(state: State, index: number): RefundRow {
  const row = state.refunds[index]
  if (!row) throw new Error(`there is no refund ${index}`)
  return row
}

/** Writes what PayPal has said of a refund, if it is still in `from`. */
export function settleRefund(
  state: State,
  rules: Rules,
  row: RefundRow,
  from: RefundState,
  to: RefundState,
  atPayPal = row.atPayPal,
  lastIssue: string | null = null,
): void {
  if (row.state === to || row.state !== from) return
  must(REFUND_MOVES[from].includes(to), `a refund moves from ${from} to ${to}`)
  row.state = to
  row.atPayPal = atPayPal
  row.isDue = false
  must(to !== 'completed' || atPayPal >= 0, 'a refund is complete that PayPal has no number for')
  if (to === 'completed' && row.restocks) {
    state.onHand += 1
    state.sold -= 1
  }
  if (to !== 'completed' && !isAutomatic(row.reason)) return
  const attempt = attemptOf(state, row.of)
  if (attempt.state === 'none') return
  const isAllBack = goneBackMinor(state, row.of) >= attempt.capturedMinor
  const end = rules.attemptAfterRefund(attempt.state, { state: to, reason: row.reason, isAllBack, lastIssue })
  if (end) moveAttempt(attempt, end)
}

function goneBackMinor(state: State, of: number): number {
  return state.refunds.reduce(
    (sum, row) => (row.of === of && row.state === 'completed' ? sum + row.amountMinor : sum),
    0,
  )
}

/** Which try of it this is (`refunds.send_seq`). */
export function sendSeqOf(row: RefundRow): number {
  return row.earlierMinor.length
}

/** Another request takes the place of the one that PayPal has refused, or can no longer carry out. */
export function takeUpAgain(state: State, index: number, amountMinor: number): void {
  const row = refundOf(state, index)
  Object.assign(row, {
    earlierMinor: [...row.earlierMinor, row.amountMinor],
    amountMinor,
    state: 'pending',
    atPayPal: -1,
    tries: 0,
    isDue: true,
  })
  const attempt = attemptOf(state, row.of)
  if (isAutomatic(row.reason) && attempt.state === 'review') moveAttempt(attempt, 'refunding')
}

function giveWay(state: State, rules: Rules, row: RefundRow, keepsMinor: number): void {
  if (keepsMinor > 0) takeUpAgain(state, state.refunds.indexOf(row), keepsMinor)
  else settleRefund(state, rules, row, row.state, 'failed', row.atPayPal, REFUNDED_AT_PAYPAL)
}

/** What a refund that failed can still send. */
export function retryMinor(rules: Rules, state: State, row: RefundRow): number {
  if (row.state !== 'failed') return 0
  // The same piece does not go back twice.
  if (row.restocks && state.refunds.some((other) => other !== row && other.restocks && other.state !== 'failed'))
    return 0
  return leftFor(state, rules, row)
}

/** How much of what a refund is for is left for it. */
export function leftFor(state: State, rules: Rules, row: RefundRow): number {
  const known = state.refunds.filter(({ of }) => of === row.of).map((other) => knownOf(other))
  return rules.planRetry(knownOf(row), known, attemptOf(state, row.of).capturedMinor)
}

function knownOf(row: RefundRow): KnownRefund & { row: RefundRow } {
  return {
    id: row.id,
    sendSeq: sendSeqOf(row),
    paypalRefundId: row.atPayPal < 0 ? null : refundIdAtPayPal(row.atPayPal),
    amountMinor: row.amountMinor,
    state: row.state,
    reason: row.reason,
    row,
  }
}

/** Brings a refund that PayPal shows into the books, once. False when its capture is not in them. */
export function recordRefund(state: State, rules: Rules, index: number): boolean {
  const seen = showRefund(state, index)
  const { of } = state.paypalRefunds[index] ?? { of: 0 }
  const capturedMinor = attemptOf(state, of).capturedMinor
  if (capturedMinor === 0) return false
  const rows = state.refunds.filter((row) => row.of === of)
  const known = rows.map((row) => knownOf(row))
  const plan = rules.planRecord(known, capturedMinor, seen)
  if (plan.step === 'nothing') return true
  if (plan.step === 'contradicted') return true
  for (const { refund, keepsMinor } of plan.displaced) giveWay(state, rules, refund.row, keepsMinor)
  if (plan.step === 'settle') settleRefund(state, rules, plan.refund.row, plan.refund.state, plan.state, index)
  if (plan.step !== 'add') return true
  const row: RefundRow = {
    id: `site${index}`,
    of,
    amountMinor: seen.amount.minor,
    earlierMinor: [],
    reason: 'paypal',
    restocks: false,
    state: 'sent',
    atPayPal: index,
    tries: 0,
    isDue: false,
  }
  state.refunds.push(row)
  if (seen.status === 'COMPLETED') settleRefund(state, rules, row, 'sent', 'completed')
  return true
}

/** Looks at all refunds that PayPal shows of a capture. */
export function syncRefunds(state: State, rules: Rules, of: number): void {
  state.paypalRefunds.forEach((refund, index) => {
    if (refund.of === of) recordRefund(state, rules, index)
  })
}
