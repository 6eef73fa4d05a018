import type { KnownRefund, RefundState } from '@/lib/domain/refund'
import { isAutomatic, REFUND_MOVES } from '@/lib/domain/refund'

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
  if (!isAutomatic(row.reason)) return
  const attempt = attemptOf(state, row.of)
  if (attempt.state === 'none') return
  const end = rules.attemptAfterRefund(attempt.state, to)
  if (end) moveAttempt(attempt, end)
}

/** Brings a refund that PayPal shows into the books, once. False when its capture is not in them. */
export function recordRefund(state: State, rules: Rules, index: number): boolean {
  const seen = showRefund(state, index)
  const { of } = state.paypalRefunds[index] ?? { of: 0 }
  const capturedMinor = attemptOf(state, of).capturedMinor
  if (capturedMinor === 0) return false
  const rows = state.refunds.filter((row) => row.of === of)
  const known = rows.map((row): KnownRefund & { row: RefundRow } => ({
    id: row.id,
    paypalRefundId: row.atPayPal < 0 ? null : refundIdAtPayPal(row.atPayPal),
    amountMinor: row.amountMinor,
    state: row.state,
    reason: row.reason,
    row,
  }))
  const plan = rules.planRecord(known, capturedMinor, seen)
  if (plan.step === 'nothing') return true
  for (const { row } of plan.displaced) settleRefund(state, rules, row, row.state, 'failed')
  if (plan.step === 'settle') settleRefund(state, rules, plan.refund.row, plan.refund.state, plan.state, index)
  if (plan.step !== 'add') return true
  const row: RefundRow = {
    id: `site${index}`,
    of,
    amountMinor: seen.amount.minor,
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
