import { send } from './drivers'
import type { Model, Steps } from './model-of'
import { heldMinor, paypalOf } from './paypal'
import { retryMinor, takeUpAgain } from './refunds'
import { attemptOf, begin, closeLocked, isHolding } from './shop'
import { TOTAL_MINOR, type State } from './state'

/** Buyers, rivals and PayPal's own doings. */
export function addPeople({ scene, rules }: Model, state: State, steps: Steps): void {
  const { left } = state
  const isLive = state.attempts.some((attempt) => isHolding(rules, attempt))
  const idleTab = state.drivers.findIndex(({ place }, index) => index < scene.tabs && place === 'idle')
  const unbegun = state.attempts.findIndex((attempt) => attempt.state === 'none')
  if (idleTab >= 0 && unbegun >= 0 && !isLive && state.orders.length === 0 && state.onHand > state.held) {
    steps.add('others', `tab ${idleTab} begins payment ${unbegun}`, (next) => {
      begin(next, unbegun)
      send(next, idleTab, unbegun, 'create')
    })
  }
  state.attempts.forEach((attempt, at) => {
    if (attempt.state === 'none') return
    const { order, capture } = paypalOf(state, at)
    if (isHolding(rules, attempt) && !rules.isPaymentUnderWay(attempt.state)) {
      steps.add('others', `the cart of ${at} is edited`, (next) => closeLocked(next, rules, at, 'cart_changed'))
    }
    if (order === 'CREATED' && attempt.isKnown) {
      steps.add('others', `the buyer approves ${at}`, (next) => {
        const side = paypalOf(next, at)
        side.order = 'APPROVED'
        side.approval = attemptOf(next, at).isDeclined ? 2 : 1
      })
    }
    if (idleTab >= 0 && attempt.isKnown) addFinish(rules, state, steps, at, idleTab)
    if (left.tampering > 0 && (order === 'CREATED' || order === 'APPROVED')) {
      steps.add('others', `the amount of ${at} is changed`, (next) => {
        next.left.tampering -= 1
        paypalOf(next, at).amountMinor = TOTAL_MINOR + 1
      })
    }
    if (left.withdrawals > 0 && order === 'APPROVED') {
      steps.add('others', `PayPal takes the approval of ${at} back`, (next) => {
        next.left.withdrawals -= 1
        paypalOf(next, at).order = 'CREATED'
      })
    }
    const isReviewed = order === 'COMPLETED' && capture === 'PENDING'
    if (left.expiries > 0 && (order === 'CREATED' || order === 'APPROVED' || isReviewed)) {
      steps.add('others', `PayPal forgets order ${at}`, (next) => {
        next.left.expiries -= 1
        paypalOf(next, at).order = 'gone'
      })
    }
  })
  if (left.rivals > 0 && state.onHand > state.held) {
    steps.add('others', 'somebody else buys a piece', (next) => {
      next.left.rivals -= 1
      next.onHand -= 1
      next.sold += 1
    })
  }
}

function addFinish(rules: Model['rules'], state: State, steps: Steps, at: number, tab: number): void {
  const attempt = attemptOf(state, at)
  if (attempt.state === 'none') return
  const plan = rules.planFinish(attempt.state)
  if (plan === 'read' || (plan === 'take_over' && !attempt.isDue)) return
  steps.add('others', `tab ${tab} finishes ${at}`, (next) => {
    if (plan === 'take_over') attemptOf(next, at).isDue = false
    send(next, tab, at, 'look')
  })
}

/** Refunds that staff order here or make on PayPal's site, and what PayPal does with them. */
export function addDesk({ rules }: Model, state: State, steps: Steps): void {
  const { left } = state
  for (const at of left.deskRefunds > 0 ? state.orders : []) {
    const rows = state.refunds.filter((row) => row.of === at && row.state !== 'failed')
    const refundedMinor = rows.reduce((sum, row) => sum + row.amountMinor, 0)
    const isBack = rows.some((row) => row.restocks)
    const item = { position: 0, quantity: 1, refundedQuantity: isBack ? 1 : 0, lineTotalMinor: TOTAL_MINOR }
    const order = { totalMinor: TOTAL_MINOR, deliveryMinor: 0, refundedMinor, refundedDeliveryMinor: 0, items: [item] }
    for (const request of [{ kind: 'rest', restock: true } as const, { kind: 'amount', amountMinor: 1 } as const]) {
      const planned = rules.planRefund(order, request)
      if (planned.kind !== 'planned') continue
      steps.add('others', `the desk refunds ${request.kind} of ${at}`, (next) => {
        next.left.deskRefunds -= 1
        next.refunds.push({
          id: `desk${next.left.deskRefunds}`,
          of: at,
          amountMinor: planned.amountMinor,
          earlierMinor: [],
          reason: 'merchant',
          restocks: planned.items.some(({ restock }) => restock),
          state: 'pending',
          atPayPal: -1,
          tries: 0,
          isDue: true,
        })
      })
    }
  }
  state.refunds.forEach((row, index) => {
    const amountMinor = retryMinor(rules, state, row)
    if (amountMinor === 0 || left.retries === 0) return
    // A person has been told, and sees to it.
    steps.add('shop', `the desk takes refund ${index} up again`, (next) => {
      next.left.retries -= 1
      takeUpAgain(next, index, amountMinor)
    })
  })
  state.paypal.forEach((_, at) => {
    const leftMinor = heldMinor(state, at)
    for (const amountMinor of left.siteRefunds > 0 ? new Set([1, leftMinor]) : []) {
      if (amountMinor < 1 || amountMinor > leftMinor) continue
      steps.add('others', `${amountMinor} of ${at} is refunded on PayPal’s site`, (next) => {
        next.left.siteRefunds -= 1
        next.paypalRefunds.push({ of: at, amountMinor, customId: '', key: '', status: 'COMPLETED' })
      })
    }
  })
  if (left.forgetting > 0 && state.paypalRefunds.length > 0) {
    steps.add('others', 'PayPal forgets the keys of refunds', (next) => {
      next.left.forgetting -= 1
      next.keysForgotten = true
    })
  }
}
