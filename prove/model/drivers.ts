import type { AttemptState, CapturePlan, OrderPlan } from '@/lib/domain/payment'
import type { DriveKind } from '@/lib/domain/payment-driver'

import type { GetOrderOutcome } from '@/lib/domain/payment-gateway'

import { must } from './broken-promise'
import type { Model, Steps } from './model-of'
import { attemptId, captureId, captureWays, paypalOf, showCaptureAlone, showOrder, takeCapture } from './paypal'
import { syncRefunds } from './refunds'
import { attemptOf, awaitCapture, close, fence, finalise, moveAttempt, reopen } from './shop'
import { IDLE, type Driver, type State } from './state'

export function driverOf(state: State, index: number): Driver {
  const driver = state.drivers[index]
  if (!driver) throw new Error(`there is no driver ${index}`)
  return driver
}

/** Puts a driver to work on an attempt, with what it has read of it. */
export function send(state: State, index: number, at: number, place: Driver['place'], endsHold = false): void {
  const attempt = attemptOf(state, at)
  const readState = attempt.state === 'none' ? '' : attempt.state
  state.drivers[index] = {
    place,
    at,
    readState,
    readSeq: attempt.captureSeq,
    readReviewed: attempt.isReviewed,
    plan: -1,
    endsHold,
  }
}

/** A worker's leased attempt (`lib/payments/sweep-payments.ts`). */
export function sweep({ rules }: Model, state: State, index: number, at: number, approvedAnew: boolean): void {
  const attempt = attemptOf(state, at)
  if (attempt.state === 'none') return
  switch (rules.planSweep({ state: attempt.state, captureSeq: attempt.captureSeq }, approvedAnew)) {
    case 'create_paypal_order':
      if (attempt.isHoldOver) close(state, rules, at, 'creation', 'hold_expired')
      else send(state, index, at, 'create')
      return
    case 'drive_then_expire':
      return send(state, index, at, 'look', true)
    case 'expire':
      return send(state, index, at, 'expire')
    case 'drive_then_watch':
    case 'drive':
      return send(state, index, at, 'look')
    case 'return_rest':
      return syncRefunds(state, rules, at)
    case 'nothing':
      return
  }
}

/** What a driver that is under way can do next (`lib/payments/drive-payment.ts`, `create-paypal-order.ts`). */
export function addDriverSteps(model: Model, state: State, index: number, steps: Steps): void {
  const { rules, plans } = model
  const { place, at } = driverOf(state, index)
  const who = `driver ${index}`
  const rest = (next: State) => {
    next.drivers[index] = { ...IDLE }
  }
  switch (place) {
    case 'create':
      steps.add('shop', `${who}: PayPal makes order ${at}`, (next) => {
        const side = paypalOf(next, at)
        if (side.order === 'none') side.order = 'CREATED'
        driverOf(next, index).place = 'record'
      })
      steps.add('others', `${who}: the call for order ${at} is lost`, rest)
      return
    case 'record':
      steps.add('shop', `${who}: records order ${at}`, (next) => {
        const attempt = attemptOf(next, at)
        if (attempt.state !== 'none' && rules.RECORDS_PAYPAL_ORDER_IN.includes(attempt.state)) {
          moveAttempt(attempt, 'created')
          attempt.isKnown = true
        }
        rest(next)
      })
      return
    case 'look':
    case 'look_again':
      steps.add('shop', `${who}: looks at order ${at}`, (next) => look(model, next, index, showOrder(next, at)))
      steps.add('others', `${who}: PayPal does not show order ${at}`, (next) => look(model, next, index, unanswered))
      return
    case 'look_at_capture':
      steps.add('shop', `${who}: looks at capture ${at} by itself`, (next) =>
        planNext(next, index, plans.numberOf(rules.planFromPending(showCaptureAlone(next, at)))),
      )
      steps.add('others', `${who}: PayPal does not show capture ${at}`, (next) =>
        planNext(next, index, plans.numberOf(rules.planFromPending(unanswered))),
      )
      return
    case 'apply':
      steps.add('shop', `${who}: ${plans.get(driverOf(state, index).plan).step} ${at}`, (next) => {
        applyPlan(model, next, index)
      })
      return
    case 'send':
      steps.add('shop', `${who}: sends capture ${at}`, (next) => {
        const driver = driverOf(next, index)
        const { fencedSeq } = attemptOf(next, at)
        must(driver.readSeq <= fencedSeq, 'I5: a capture is sent that has not passed the fence')
        next.calls.push({ at, seq: driver.readSeq, from: index })
        driver.place = 'wait'
      })
      return
    case 'wait':
      steps.add('shop', `${who}: waits no longer for capture ${at}`, (next) => {
        strand(next, index)
        planNext(next, index, plans.numberOf(rules.planFromCapture(unanswered)))
      })
      return
    case 'expire':
      steps.add('shop', `${who}: ends the hold of ${at} if it is over`, (next) => {
        if (attemptOf(next, at).isHoldOver) close(next, rules, at, 'expiry', 'hold_expired')
        rest(next)
      })
      return
    default:
  }
}

/** In the model each order has an invoice of its own. */
const EARLIER_CALL = { isPaidElsewhere: false, tries: 1 }
const unanswered = { kind: 'unknown', cause: 'no answer', debugId: null } as const

function expected(at: number) {
  return { attemptId: attemptId(at), amount: { minor: 2, currency: 'USD' as const }, merchantId: 'MERCHANT' }
}

function planNext(state: State, index: number, plan: number): void {
  const driver = driverOf(state, index)
  driver.plan = plan
  driver.place = 'apply'
}

function look({ rules, plans }: Model, state: State, index: number, seen: GetOrderOutcome): void {
  const driver = driverOf(state, index)
  const plan = rules.planFromOrder(expected(driver.at), seen, {
    state: driver.readState as AttemptState,
    pendingCaptureId: driver.readReviewed ? captureId(driver.at) : null,
  })
  if (plan.step === 'look_at_capture') {
    driver.place = 'look_at_capture'
    return
  }
  // PayPal shows that nothing was captured under any key so far.
  const side = paypalOf(state, driver.at)
  if (plan.step === 'buyer_must_approve') side.noUpTo = Math.max(side.noUpTo, driver.readSeq + 1)
  planNext(
    state,
    index,
    plans.numberOf(driver.place === 'look_again' ? rules.planSecondLook(plan, EARLIER_CALL) : plan),
  )
}

function applyPlan(model: Model, state: State, index: number): void {
  const driver = driverOf(state, index)
  const plan = model.plans.get(driver.plan) as OrderPlan | CapturePlan
  driver.plan = -1
  if (plan.step === 'capture') return passFence(model, state, index)
  if (plan.step === 'look_up') {
    driver.place = 'look_again'
    return
  }
  const drive = settlePlan(model, state, driver, plan)
  if (driver.endsHold && model.rules.endsHoldAfter(drive)) send(state, index, driver.at, 'expire')
  else state.drivers[index] = { ...IDLE }
}

function passFence({ rules }: Model, state: State, index: number): void {
  const driver = driverOf(state, index)
  const call = rules.planCaptureCall(driver.readState as Parameters<typeof rules.planCaptureCall>[0])
  if (call === 'leave' || (call === 'fence' && !fence(state, rules, driver.at))) {
    state.drivers[index] = { ...IDLE }
    return
  }
  if (call === 'fence') send(state, index, driver.at, 'send', driver.endsHold)
  else driver.place = 'send'
}

function settlePlan(
  { rules }: Model,
  state: State,
  driver: Driver,
  plan: Exclude<OrderPlan | CapturePlan, { step: 'capture' } | { step: 'look_up' }>,
): DriveKind {
  const { at } = driver
  switch (plan.step) {
    case 'finalise':
      finalise(state, rules, at, plan.capture, plan.refundedMinor)
      return 'advanced'
    case 'await_capture':
      awaitCapture(state, rules, at)
      return 'advanced'
    case 'buyer_must_approve':
      reopen(state, rules, driver, 'ORDER_NOT_APPROVED')
      return 'not_approved'
    case 'reopen':
      reopen(state, rules, driver, plan.issue)
      return plan.issue === 'ORDER_NOT_APPROVED' ? 'not_approved' : 'declined'
    case 'close':
      close(state, rules, at, 'answer', plan.reason, {
        state: driver.readState as AttemptState,
        captureSeq: driver.readSeq,
      })
      return 'advanced'
    case 'ask_again':
      return 'unknown'
  }
}

/**
 * Nobody waits for the calls of a driver any more. One on its way says all that several of the same would; that a call takes
 * effect twice is a misfortune of its own.
 */
export function strand(state: State, index: number): void {
  for (const call of state.calls.filter(({ from }) => from === index)) {
    const isAlone = !state.calls.some(({ at, seq, from }) => at === call.at && seq === call.seq && from < 0)
    if (isAlone) call.from = -1
    else state.calls.splice(state.calls.indexOf(call), 1)
  }
}

/** Capture calls on their way arrive, with or without an answer, or never do. */
export function addCallSteps({ rules, plans }: Model, state: State, steps: Steps): void {
  state.calls.forEach(({ at, seq, from }, index) => {
    for (const way of captureWays(state, at)) {
      const mover = way === 'as it is' ? 'shop' : 'others'
      if (from >= 0) {
        steps.add(mover, `capture ${at} arrives (${way})`, (next) => {
          next.calls.splice(index, 1)
          planNext(next, from, plans.numberOf(rules.planFromCapture(takeCapture(next, rules, at, seq, way))))
        })
      } else {
        steps.add(mover, `capture ${at} arrives (${way}), and nobody hears of it`, (next) => {
          next.calls.splice(index, 1)
          takeCapture(next, rules, at, seq, way)
        })
      }
    }
    if (from < 0) steps.add('shop', `capture ${at} is lost`, (next) => next.calls.splice(index, 1))
    if (state.left.repeats > 0) {
      steps.add('others', `capture ${at} is repeated`, (next) => {
        next.left.repeats -= 1
        next.calls.push({ at, seq, from: -1 })
      })
    }
  })
}

/** Whether anybody is at anything. */
export function isAtRest(state: State): boolean {
  return state.calls.length === 0 && state.drivers.every((_, index) => driverOf(state, index).place === 'idle')
}
