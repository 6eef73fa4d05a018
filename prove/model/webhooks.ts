import type { WebhookHint } from '@/lib/domain/webhook'

import { sweep } from './drivers'
import type { Model, Steps } from './model-of'
import { captureId, paypalOf, refundIdAtPayPal, showCapture, showOrder } from './paypal'
import { recordRefund } from './refunds'
import { attemptOf, finalise } from './shop'
import type { State } from './state'

/** Whatever PayPal could have told of, at any later time and as often as it likes (`lib/webhooks/process-event.ts`). */
export function addWebhooks(model: Model, state: State, steps: Steps, worker: number): void {
  const { rules } = model
  state.attempts.forEach(({ isKnown }, at) => {
    const side = paypalOf(state, at)
    for (let time = 1; time <= side.approval; time++) {
      steps.add('others', `a webhook tells of approval ${time} of ${at}`, (next) =>
        take(model, next, worker, at, {
          ...hint('CHECKOUT.ORDER.APPROVED', at),
          occurredAt: new Date(time * 2),
          paypalCaptureId: null,
        }),
      )
    }
    if (side.capture !== 'none' && isKnown) {
      const type = { PENDING: 'PENDING', COMPLETED: 'COMPLETED', DECLINED: 'DENIED' }[side.capture]
      steps.add('others', `a webhook tells of capture ${at}`, (next) =>
        take(model, next, worker, at, hint(`PAYMENT.CAPTURE.${type}`, at)),
      )
    }
  })
  state.paypalRefunds.forEach(({ of }, index) => {
    const told = rules.planWebhook({ ...hint('PAYMENT.CAPTURE.REFUNDED', of), resourceId: refundIdAtPayPal(index) })
    if (told.kind !== 'look_at_refund') return
    steps.add('others', `a webhook tells of refund ${index}`, (next) => {
      if (recordRefund(next, rules, index)) return
      // Told of before the capture itself was: first comes the money, then what went back of it.
      const capture = showCapture(next, of)
      const shown = showOrder(next, of)
      if (!capture || shown.kind !== 'found') return
      finalise(next, rules, of, capture, rules.goneMinor(shown.order.refunds, captureId(of)))
      recordRefund(next, rules, index)
    })
  })
}

function hint(eventType: string, at: number): WebhookHint {
  return {
    eventType,
    occurredAt: null,
    resourceId: captureId(at),
    paypalOrderId: `O${at}`,
    paypalCaptureId: captureId(at),
  }
}

/** The last decline that the shop knows of was at time 3. */
const DECLINED_AT = new Date(3)

function take(model: Model, state: State, worker: number, at: number, told: WebhookHint): void {
  const { rules } = model
  const plan = rules.planWebhook(told)
  const attempt = attemptOf(state, at)
  if (attempt.state === 'none' || !rules.WOKEN_STATES.includes(attempt.state)) return
  if (plan.kind === 'look_at_capture' && attempt.capturedMinor > 0) return
  if (attempt.state === 'capturing' && !attempt.isDue) return
  attempt.isDue = false
  const approvedAt = plan.kind === 'look_at_order' ? plan.approvedAt : null
  sweep(model, state, worker, at, rules.isApprovedAnew(attempt.isDeclined ? DECLINED_AT : null, approvedAt))
}
