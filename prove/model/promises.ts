import { isAutomatic } from '@/lib/domain/refund'

import { backMinor, captureId, heldMinor, paypalOf, refundIdAtPayPal } from './paypal'
import { retryMinor } from './refunds'
import type { Rules } from './rules'
import { isHolding } from './shop'
import { TOTAL_MINOR, type Scene, type State } from './state'
import { isAtRest } from './drivers'

/** What must hold in every state, whatever is under way. Null when it does. */
export function findBroken(scene: Scene, rules: Rules, state: State): string | null {
  return (
    findBrokenOrder(state) ??
    findBrokenStock(scene, rules, state) ??
    findBrokenCapture(state) ??
    findBrokenRefund(state)
  )
}

function findBrokenOrder(state: State): string | null {
  if (state.orders.length > 1) return 'I2: a cart has two orders'
  for (const at of state.orders) {
    const { capture, amountMinor } = paypalOf(state, at)
    if (capture !== 'COMPLETED') return `I1: ghost order: the capture of ${at} is ${capture}`
    if (amountMinor !== TOTAL_MINOR) return `I1: order ${at} is not what PayPal holds for it`
    if (state.refunds.some((row) => row.of === at && isAutomatic(row.reason)))
      return `I2: order ${at} is refunded by itself`
  }
  return null
}

function findBrokenStock(scene: Scene, rules: Rules, state: State): string | null {
  const { onHand, held, sold } = state
  if (held < 0 || held > onHand) return `I3: ${held} held of ${onHand}`
  if (onHand + sold !== scene.stock) return `I3: ${onHand} on the shelf and ${sold} sold of ${scene.stock}`
  const holders = state.attempts.filter((attempt) => isHolding(rules, attempt)).length
  if (holders > 1) return 'a cart has two payments under way'
  return holders === held ? null : `I3: ${held} held by ${holders} payments`
}

function findBrokenCapture(state: State): string | null {
  for (const [at, attempt] of state.attempts.entries()) {
    const side = paypalOf(state, at)
    const { captureSeq, fencedSeq } = attempt
    if (captureSeq > side.noUpTo) return `I5: ${at} has a new key, but PayPal has not said no`
    const mayBeTaken = fencedSeq === captureSeq
    if (attempt.state === 'created' && mayBeTaken) return `I5: ${at} may be closed while its money may be taken`
    const isOpen = side.order === 'APPROVED' || side.capture === 'PENDING'
    if (attempt.state === 'closed' && mayBeTaken && isOpen && side.amountMinor === TOTAL_MINOR) {
      return `I6: ${at} was given up before PayPal said no`
    }
  }
  return null
}

function findBrokenRefund(state: State): string | null {
  for (const [at, { capturedMinor }] of state.attempts.entries()) {
    const rows = state.refunds.filter((row) => row.of === at && row.state !== 'failed')
    const refundedMinor = rows.reduce((sum, row) => sum + row.amountMinor, 0)
    if (refundedMinor > capturedMinor) return `I6: ${refundedMinor} refunded of ${capturedMinor}`
    if (backMinor(state, at) > paypalOf(state, at).amountMinor) return `I6: more went back than was captured of ${at}`
  }
  const ours = state.paypalRefunds.map(({ customId }) => customId).filter((id) => id !== '')
  return new Set(ours).size === ours.length ? null : 'I6: a refund was made twice'
}

/** Whether everything has come to its end as promised: an order if and only if PayPal holds the money for it. */
export function isGoodEnd(rules: Rules, state: State): boolean {
  if (!isAtRest(state) || state.held !== 0) return false
  if (state.refunds.some((row) => row.state === 'pending' || row.state === 'sent')) return false
  if (state.refunds.some((row) => retryMinor(rules, state, row) > 0)) return false
  if (state.paypalRefunds.some(({ status }) => status === 'PENDING')) return false
  return state.attempts.every((_, at) => isAttemptOver(state, at)) && doBooksAgree(rules, state)
}

function isAttemptOver(state: State, at: number): boolean {
  const attempt = state.attempts[at]
  const { capture } = paypalOf(state, at)
  if (capture === 'PENDING') return false
  switch (attempt?.state) {
    case 'none':
    case 'closed':
      return capture !== 'COMPLETED'
    case 'completed':
      return state.orders.includes(at)
    case 'refunded':
      return heldMinor(state, at) === 0
    default:
      return false
  }
}

/** I4 and I8: the shop's own entries balance, and their balance at PayPal is what PayPal holds. */
function doBooksAgree(rules: Rules, state: State): boolean {
  const balance = new Map<string, number>()
  const captures = state.attempts.flatMap(({ capturedMinor }, at) => {
    if (capturedMinor === 0) return []
    const parts = { totalMinor: capturedMinor, deliveryMinor: 0, taxMinor: 0 }
    return rules.bookCapture({
      paypalCaptureId: captureId(at),
      grossMinor: capturedMinor,
      feeMinor: null,
      currency: 'USD',
      parts: state.orders.includes(at) ? parts : null,
    })
  })
  const refunds = state.refunds
    .filter((row) => row.state === 'completed')
    .map(({ atPayPal, amountMinor, reason }) =>
      rules.bookRefund({ paypalRefundId: refundIdAtPayPal(atPayPal), amountMinor, currency: 'USD', reason }),
    )
  for (const { postings } of [...captures, ...refunds]) {
    for (const { account, amountMinor } of postings) balance.set(account, (balance.get(account) ?? 0) + amountMinor)
  }
  const heldThere = state.attempts.reduce((sum, _, at) => sum + heldMinor(state, at), 0)
  const isOwed = (balance.get('buyers_owed') ?? 0) !== 0
  const isSiteRefund = state.paypalRefunds.some(({ customId }) => customId === '')
  return (balance.get('paypal_balance') ?? 0) === heldThere && (!isOwed || isSiteRefund)
}
