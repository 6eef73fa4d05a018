import { SHOP_RULES, type Rules } from './rules'
import { SCENES } from './scenes'
import type { Scene } from './state'

/** The shop with one rule broken. The exploration has to notice each. */
export interface BrokenRules {
  readonly name: string
  readonly rules: Rules
  /** Where it has to show: the scene in which it does soonest. */
  readonly scene: Scene
}

const whole = SHOP_RULES
const broken = (name: string, scene: Scene, change: Partial<Rules>): BrokenRules => ({
  name,
  scene,
  rules: { ...whole, ...change },
})

export const BROKEN_RULES: readonly BrokenRules[] = [
  broken('money is taken without the fence', SCENES.webhooks, {
    planCaptureCall: (state) => (state === 'created' ? 'send' : whole.planCaptureCall(state)),
  }),
  broken('an unknown answer to a capture counts as a no', SCENES.webhooks, {
    planFromCapture: (outcome) =>
      outcome.kind === 'unknown' ? { step: 'reopen', issue: outcome.cause } : whole.planFromCapture(outcome),
  }),
  broken('an order that PayPal does not show counts as gone', SCENES.webhooks, {
    planFromOrder: (expected, seen, attempt) =>
      seen.kind === 'unknown'
        ? { step: 'close', reason: 'paypal_order_gone' }
        : whole.planFromOrder(expected, seen, attempt),
  }),
  broken('a payment under review counts as failed once PayPal no longer shows its order', SCENES.lapseUnderReview, {
    planFromOrder: (expected, seen, attempt) =>
      seen.kind === 'missing' && attempt.state === 'pending'
        ? { step: 'close', reason: 'paypal_order_gone' }
        : whole.planFromOrder(expected, seen, attempt),
  }),
  broken('a hold that is over ends a payment whose money is being taken', SCENES.webhooks, {
    planSweep: (attempt, anew) => (attempt.state === 'capturing' ? 'expire' : whole.planSweep(attempt, anew)),
    mayClose: (current, by, read) => (by === 'expiry' ? true : whole.mayClose(current, by, read)),
  }),
  broken('a capture that PayPal still checks counts as money', SCENES.review, {
    planFromCapture: (outcome) =>
      outcome.kind === 'captured' && outcome.capture.status === 'PENDING'
        ? { step: 'finalise', capture: outcome.capture, refundedMinor: 0 }
        : whole.planFromCapture(outcome),
  }),
  broken('a payment that PayPal checks does not stop an edit of the cart', SCENES.review, {
    isPaymentUnderWay: (state) => state === 'capturing',
  }),
  broken('a closed payment is never looked at again', SCENES.tampering, {
    SWEPT_STATES: whole.SWEPT_STATES.filter((state) => state !== 'closed'),
  }),
  broken('a second payment of a cart becomes a second order', SCENES.secondPayment, {
    planDisposition: (facts) => whole.planDisposition({ ...facts, cartHasOrder: false }),
  }),
  broken('a late payment takes stock that is not there', SCENES.lateCall, {
    planDisposition: (facts) => whole.planDisposition({ ...facts, stockIsFree: true }),
  }),
  broken('what was captured is not compared with what was asked for', SCENES.tampering, {
    planDisposition: (facts) =>
      whole.planDisposition({ ...facts, capture: { ...facts.capture, amount: facts.expected.amount } }),
  }),
  broken('a late answer reopens a newer capture', SCENES.decline, {
    mayReopen: (current, read) => current.state === 'capturing' && read.state === 'capturing',
  }),
  broken('a payment that is over is set to waiting again', SCENES.review, {
    mayAwaitCapture: () => true,
  }),
  broken('every try of a refund has a new key', SCENES.refund, {
    refundKey: (refund, tries) => `${whole.refundKey(refund, tries)}-${tries}`,
    planSend: ({ state, sendSeq }) => whole.planSend({ state, tries: 1, sendSeq }),
  }),
  broken('PayPal’s list is not looked at before a refund is sent again', SCENES.refund, {
    planSend: ({ state, sendSeq }) => whole.planSend({ state, tries: 1, sendSeq }),
  }),
  broken('an unknown answer to a refund counts as done', SCENES.tampering, {
    planFromRefund: (outcome) =>
      outcome.kind === 'unknown' ? { step: 'fail', issue: outcome.cause } : whole.planFromRefund(outcome),
  }),
  broken('the end of a refund does not end its payment', SCENES.tampering, {
    attemptAfterRefund: () => null,
  }),
  broken('a refund that failed at PayPal is sent again under its old key', SCENES.failedRefund, {
    refundKey: ({ id }, tries) => whole.refundKey({ id, sendSeq: 0 }, tries),
  }),
  broken('an automatic refund gives up when part of its money goes back elsewhere', SCENES.siteRefund, {
    planRecord: (known, capturedMinor, seen, reason) => {
      const plan = whole.planRecord(known, capturedMinor, seen, reason)
      if (!('displaced' in plan)) return plan
      return { ...plan, displaced: plan.displaced.map(({ refund }) => ({ refund, keepsMinor: 0 })) }
    },
  }),
  broken('what was refunded before is not counted', SCENES.twoRefunds, {
    planRefund: (order, request) => whole.planRefund({ ...order, refundedMinor: 0 }, request),
  }),
  broken('a refund is booked twice over', SCENES.tampering, {
    bookRefund: (refund) => whole.bookRefund({ ...refund, amountMinor: 2 * refund.amountMinor }),
  }),
  broken('nobody finishes for a buyer who has left', SCENES.webhooks, {
    planSweep: (attempt, anew) => (attempt.state === 'capturing' ? 'nothing' : whole.planSweep(attempt, anew)),
  }),
]
