import { refundReference, type RefundPlan } from '@/lib/domain/refund'

import { driverOf } from './drivers'
import type { Model, Steps } from './model-of'
import { takeRefund } from './paypal'
import { leftFor, recordRefund, refundOf, sendSeqOf, settleRefund, syncRefunds, takeUpAgain } from './refunds'
import { IDLE, type State } from './state'

/** A leased refund (`lib/payments/send-refund.ts`). */
export function takeUpRefund({ rules }: Model, state: State, index: number, at: number): void {
  const row = refundOf(state, at)
  row.tries = Math.min(row.tries + 1, 2)
  row.isDue = false
  const places = { ask: 'refund_ask', look_first: 'refund_look', call: 'refund_call', done: 'idle' } as const
  const place = places[rules.planSend({ ...row, sendSeq: sendSeqOf(row) })]
  state.drivers[index] =
    place === 'idle' ? { ...IDLE } : { ...IDLE, place, at, readState: row.state, readSeq: sendSeqOf(row) }
}

/** What a driver that is at a refund can do next. */
export function addRefundSteps(model: Model, state: State, index: number, steps: Steps): void {
  const { rules, plans } = model
  const { place, at } = driverOf(state, index)
  const who = `driver ${index}`
  const rest = (next: State) => {
    next.drivers[index] = { ...IDLE }
  }
  switch (place) {
    case 'refund_call': {
      const lost = plans.numberOf(rules.planFromRefund({ kind: 'unknown', cause: 'no answer', debugId: null }))
      const call = (next: State, slowly: boolean) => {
        const row = refundOf(next, at)
        const { readSeq } = driverOf(state, index)
        const sent = { id: row.id, sendSeq: readSeq }
        const amountMinor = row.earlierMinor[readSeq] ?? row.amountMinor
        const key = rules.refundKey(sent, row.tries)
        return takeRefund(next, { of: row.of, amountMinor, customId: refundReference(sent), key }, slowly)
      }
      const hear = (next: State, plan: number) => Object.assign(driverOf(next, index), { place: 'refund_apply', plan })
      for (const slowly of state.left.slowRefunds > 0 ? [false, true] : [false]) {
        const label = `${who}: PayPal takes refund ${at}${slowly ? ' slowly' : ''}`
        steps.add('shop', label, (next) => hear(next, plans.numberOf(rules.planFromRefund(call(next, slowly)))))
        steps.add('others', `${label}, the answer is lost`, (next) => {
          call(next, slowly)
          hear(next, lost)
        })
      }
      steps.add('others', `${who}: the call for refund ${at} is lost`, (next) => hear(next, lost))
      return
    }
    case 'refund_apply':
      steps.add('shop', `${who}: ${plans.get(driverOf(state, index).plan).step} of refund ${at}`, (next) =>
        applyPlan(model, next, index),
      )
      return
    case 'refund_look':
      steps.add('shop', `${who}: looks for refund ${at} before calling`, (next) => {
        syncRefunds(next, rules, refundOf(next, at).of)
        const row = refundOf(next, at)
        const driver = driverOf(next, index)
        if (row.state !== 'pending' || sendSeqOf(row) !== driver.readSeq) return rest(next)
        driver.place = 'refund_call'
      })
      return
    case 'refund_look_up':
      steps.add('shop', `${who}: looks up refund ${at}`, (next) => {
        const row = refundOf(next, at)
        syncRefunds(next, rules, row.of)
        if (row.state === 'pending' && sendSeqOf(row) === driverOf(next, index).readSeq) {
          const leftMinor = leftFor(next, rules, row)
          if (leftMinor > 0 && leftMinor < row.amountMinor) takeUpAgain(next, at, leftMinor)
          else settleRefund(next, rules, row, 'pending', 'failed')
        }
        rest(next)
      })
      return
    case 'refund_ask':
      steps.add('shop', `${who}: asks about refund ${at}`, (next) => {
        const row = refundOf(next, at)
        if (row.atPayPal >= 0 && next.paypalRefunds[row.atPayPal]?.status !== 'PENDING')
          recordRefund(next, rules, row.atPayPal)
        rest(next)
      })
      return
    default:
  }
}

function applyPlan({ rules, plans }: Model, state: State, index: number): void {
  const driver = driverOf(state, index)
  const row = refundOf(state, driver.at)
  const plan = plans.get(driver.plan) as RefundPlan
  const read = driver.readState as typeof row.state
  state.drivers[index] = { ...IDLE }
  if (driver.readSeq !== sendSeqOf(row) && plan.step !== 'look_up') return
  switch (plan.step) {
    case 'record':
      return settleRefund(state, rules, row, read, plan.state, Number(plan.paypalRefundId.slice(1)))
    case 'look_up':
      state.drivers[index] = { ...driver, place: 'refund_look_up', plan: -1 }
      return
    case 'fail':
      return settleRefund(state, rules, row, read, 'failed')
    // This PayPal never lacks the balance for a refund.
    case 'try_later':
    case 'ask_again':
  }
}
