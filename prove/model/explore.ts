import { addCallSteps, addDriverSteps } from './drivers'
import { Steps, type Model, type Step } from './model-of'
import { findBroken, isGoodEnd } from './promises'
import { addRefundSteps } from './refund-drivers'
import { firstState, keyOf, type State } from './state'
import { addDesk, addPeople } from './people'
import { addTime } from './time'
import { addWorkers } from './workers'

export interface Exploration {
  readonly states: number
  readonly steps: number
  /** States in which everything has come to its end. */
  readonly ends: number
  readonly violation: string | null
}

/** Every state that can be reached from the first, breadth first, so that a violation is shown by a shortest way to it. */
export function explore(model: Model): Exploration {
  const seen = new Graph()
  const first = firstState(model.scene)
  let level: { number: number; state: State }[] = [{ number: seen.add(keyOf(first), -1, 'begin'), state: first }]
  let steps = 0
  const report = (violation: string | null): Exploration => ({ states: seen.size, steps, ends: seen.ends, violation })
  while (level.length > 0) {
    const next: typeof level = []
    for (const { number, state } of level) {
      if (isGoodEnd(model.rules, state)) seen.markEnd(number)
      for (const step of stepsFrom(model, state)) {
        steps += 1
        const key = keyOf(step.state)
        const known = seen.find(key)
        const to = known ?? seen.add(key, number, step.label)
        const broken = step.broken ?? (known === undefined ? findBroken(model.scene, model.rules, step.state) : null)
        if (broken !== null) return report(`${broken}: ${[...seen.wayTo(number), step.label].join(' → ')}`)
        if (step.mover === 'shop') seen.link(number, to)
        if (known === undefined) next.push({ number: to, state: step.state })
      }
    }
    level = next
  }
  const stuck = seen.findDeadEnd()
  if (stuck === null) return report(null)
  return report(`I14: no good end is reached any more: ${seen.wayTo(stuck).join(' → ')}`)
}

function stepsFrom(model: Model, state: State): readonly Step[] {
  const steps = new Steps(state)
  state.drivers.forEach(({ place }, index) => {
    if (place.startsWith('refund_')) addRefundSteps(model, state, index, steps)
    else addDriverSteps(model, state, index, steps)
  })
  addCallSteps(model, state, steps)
  addWorkers(model, state, steps)
  addTime(model, state, steps)
  addPeople(model, state, steps)
  addDesk(model, state, steps)
  return steps.found
}

/** The states by number, how each was reached first, and which steps the shop takes by itself. */
class Graph {
  readonly #numbers = new Map<string, number>()
  readonly #parents: number[] = []
  readonly #labels: string[] = []
  readonly #from: number[] = []
  readonly #to: number[] = []
  readonly #ends: number[] = []

  get size(): number {
    return this.#parents.length
  }

  get ends(): number {
    return this.#ends.length
  }

  find(key: string): number | undefined {
    return this.#numbers.get(key)
  }

  add(key: string, parent: number, label: string): number {
    const number = this.#parents.length
    this.#numbers.set(key, number)
    this.#parents.push(parent)
    this.#labels.push(label)
    return number
  }

  link(from: number, to: number): void {
    this.#from.push(from)
    this.#to.push(to)
  }

  markEnd(number: number): void {
    this.#ends.push(number)
  }

  wayTo(number: number): string[] {
    const way: string[] = []
    for (let at = number; at > 0; at = this.#parents[at] ?? -1) way.unshift(this.#labels[at] ?? '')
    return way
  }

  /** A state from which the shop alone, with nobody's help, can no longer reach an end. Null when there is none. */
  findDeadEnd(): number | null {
    // The steps by where they lead: counted, then filed.
    const starts = new Uint32Array(this.size + 1)
    for (const to of this.#to) starts[to + 1] = (starts[to + 1] ?? 0) + 1
    for (let at = 0; at < this.size; at++) starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0)
    const filled = starts.slice()
    const sources = new Uint32Array(this.#to.length)
    this.#to.forEach((to, index) => {
      const place = filled[to] ?? 0
      sources[place] = this.#from[index] ?? 0
      filled[to] = place + 1
    })
    const reaches = new Uint8Array(this.size)
    const open = [...this.#ends]
    for (const end of open) reaches[end] = 1
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (let index = starts[at] ?? 0; index < (starts[at + 1] ?? 0); index++) {
        const source = sources[index] ?? 0
        if (reaches[source] === 1) continue
        reaches[source] = 1
        open.push(source)
      }
    }
    const stuck = reaches.indexOf(0)
    return stuck < 0 ? null : stuck
  }
}
