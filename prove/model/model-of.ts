import type { CapturePlan, OrderPlan } from '@/lib/domain/payment'
import type { RefundPlan } from '@/lib/domain/refund'

import { BrokenPromise } from './broken-promise'
import type { Rules } from './rules'
import { copyState, type Scene, type State } from './state'

export type AnyPlan = OrderPlan | CapturePlan | RefundPlan

/** A scene under certain rules, and the plans that its drivers remember by number. */
export interface Model {
  readonly scene: Scene
  readonly rules: Rules
  readonly plans: PlanBook
}

/** Plans by number: a state has to be a short text. */
export class PlanBook {
  readonly #plans: AnyPlan[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(plan: AnyPlan): number {
    const text = JSON.stringify(plan)
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#plans.push(plan)
    this.#numbers.set(text, this.#plans.length - 1)
    return this.#plans.length - 1
  }

  get(number: number): AnyPlan {
    const plan = this.#plans[number]
    if (!plan) throw new Error(`there is no plan ${number}`)
    return plan
  }
}

/**
 * Who takes a step. `shop`: requests that are under way, the worker, time, and PayPal finishing what it has begun. `others`:
 * whoever may also never do it, such as buyers, webhooks and misfortune.
 */
export type Mover = 'shop' | 'others'

export interface Step {
  readonly label: string
  readonly mover: Mover
  readonly state: State
  /** What promise the step itself broke. */
  readonly broken: string | null
}

/** Collects what can happen next. */
export class Steps {
  readonly found: Step[] = []
  readonly #from: State

  constructor(from: State) {
    this.#from = from
  }

  add(mover: Mover, label: string, act: (state: State) => void): void {
    const state = copyState(this.#from)
    let broken: string | null = null
    try {
      act(state)
    } catch (error) {
      if (!(error instanceof BrokenPromise)) throw error
      broken = error.message
    }
    this.found.push({ label, mover, state, broken })
  }
}
