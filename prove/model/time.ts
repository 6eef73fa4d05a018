import type { Model, Steps } from './model-of'
import { paypalOf } from './paypal'
import { attemptOf, isHolding } from './shop'
import type { State } from './state'

/** Time passes and PayPal decides: whatever waits comes to its turn. */
export function addTime({ rules }: Model, state: State, steps: Steps): void {
  state.attempts.forEach((attempt, at) => {
    if (attempt.state === 'none') return
    const isSwept = rules.SWEPT_STATES.includes(attempt.state) && (attempt.state !== 'closed' || attempt.isKnown)
    if (isSwept && !attempt.isDue) {
      steps.add('shop', `${at} is due`, (next) => {
        attemptOf(next, at).isDue = true
      })
    }
    if (isHolding(rules, attempt) && !attempt.isHoldOver) {
      steps.add('shop', `the hold of ${at} is over`, (next) => {
        attemptOf(next, at).isHoldOver = true
      })
    }
    if (paypalOf(state, at).capture === 'PENDING') {
      for (const verdict of ['COMPLETED', 'DECLINED'] as const) {
        steps.add('shop', `PayPal decides about ${at}: ${verdict}`, (next) => {
          paypalOf(next, at).capture = verdict
        })
      }
    }
  })
  state.refunds.forEach((row, index) => {
    if ((row.state !== 'pending' && row.state !== 'sent') || row.isDue) return
    steps.add('shop', `refund ${index} is due`, (next) => {
      const waiting = next.refunds[index]
      if (waiting) waiting.isDue = true
    })
  })
  state.paypalRefunds.forEach((refund, index) => {
    if (refund.status !== 'PENDING') return
    steps.add('shop', `PayPal completes refund ${index}`, (next) => {
      const slow = next.paypalRefunds[index]
      if (slow) slow.status = 'COMPLETED'
    })
    if (state.left.failedRefunds === 0) return
    steps.add('others', `PayPal fails refund ${index}`, (next) => {
      const slow = next.paypalRefunds[index]
      if (slow) slow.status = 'FAILED'
      next.left.failedRefunds -= 1
    })
  })
}
