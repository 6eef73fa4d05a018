import { AsyncLocalStorage } from 'node:async_hooks'

import type { Backends } from './backends'
import type { Random } from './random'

/** One line of work: a tab, a worker, a delivery. It runs only while the scheduler lets it. */
export interface Task {
  readonly name: string
  /** Dies at this one of its own steps, as a killed process does; null lives. */
  readonly dieAtStep: number | null
  steps: number
  /** So many steps of others come before its next one. */
  stalledFor: number
  state: 'ready' | 'running' | 'blocked' | 'done' | 'dead'
  resume: () => void
  /** Set while a statement of the task waits for a lock in the database. */
  isStillBlocked: (() => Promise<boolean>) | null
  blockedPid: number
  /** What a death takes along: open connections, say. */
  readonly onDeath: Set<() => Promise<void>>
  failure: unknown
}

const STEP_LIMIT_MS = 20_000

/**
 * Runs tasks one at a time and decides at every yield who goes on, so that a seed fixes the whole interleaving. Tasks yield
 * before and after whatever leaves the process: statements, requests, waits.
 */
export class Scheduler {
  readonly #random: Random
  readonly #backends: Backends
  readonly #tasks: Task[] = []
  /** In the order in which they came to wait. */
  readonly #waiting = new Set<Task>()
  readonly #current = new AsyncLocalStorage<Task>()
  /** A task that another one spawns is in no transaction of that one. */
  readonly #outside = AsyncLocalStorage.snapshot()
  #stepOver: (() => void) | null = null
  /** Every step as it was taken: two runs of a seed must have the same. */
  readonly trace: string[] = []

  constructor(random: Random, backends: Backends) {
    this.#random = random
    this.#backends = backends
  }

  current(): Task | null {
    const task = this.#current.getStore()
    return task && task.state !== 'done' ? task : null
  }

  spawn(name: string, work: () => Promise<void>, options: { dieAtStep?: number | null } = {}): Task {
    const task: Task = {
      name,
      dieAtStep: options.dieAtStep ?? null,
      steps: 0,
      stalledFor: 0,
      state: 'ready',
      resume: () => undefined,
      isStillBlocked: null,
      blockedPid: 0,
      onDeath: new Set(),
      failure: null,
    }
    const started = new Promise<void>((resolve) => {
      task.resume = resolve
    })
    const begin = async () => {
      await started
      try {
        await work()
      } catch (error) {
        task.failure = error
      }
      // What a dead process might still do does not happen.
      if (task.state === 'dead') return
      task.state = 'done'
      this.#endStep()
    }
    void this.#outside(() => this.#current.run(task, begin))
    this.#tasks.push(task)
    return task
  }

  /** Lets others go first. Outside any task (set-up, judging) it returns at once. */
  async yield(label: string): Promise<void> {
    const task = this.current()
    if (!task) return
    if (task.state === 'dead') return new Promise(() => undefined)
    await new Promise<void>((resolve) => {
      task.state = 'ready'
      task.resume = resolve
      this.trace.push(`${task.name} ${label}`)
      this.#endStep()
    })
  }

  /** The current task goes on only after so many steps of others, as a suspended process does, unless nobody else can. */
  stall(steps: number): void {
    const task = this.current()
    if (task) task.stalledFor = steps
  }

  /**
   * A statement that may have to wait for a lock. When it does, others go on, and its task is ready again once it has been
   * answered: whether it waits depends on what is in the database, not on how quick anything is.
   */
  async awaitStatement<T>(statement: Promise<T>, pid: number, isBlocked: () => Promise<boolean>): Promise<T> {
    const task = this.current()
    if (!task) return statement
    const settled = statement.then(
      (value) => ({ ok: true as const, value }),
      (error: unknown) => ({ ok: false as const, error }),
    )
    const first = await Promise.race([settled.then(() => 'settled' as const), waitsForLock(isBlocked, settled)])
    if (first === 'blocked') {
      this.trace.push(`${task.name} blocked`)
      const over = new Promise<void>((resolve) => {
        task.resume = resolve
      })
      task.isStillBlocked = isBlocked
      task.blockedPid = pid
      task.state = 'blocked'
      this.#waiting.add(task)
      const answered = settled.then(() => undefined)
      blockedAnswers.set(task, answered)
      this.#endStep()
      await over
    }
    const result = await settled
    if (result.ok) return result.value
    throw result.error
  }

  /** Until every task is done or dead. `onDeadlock` ends a cycle in which all wait for each other. */
  async run(onDeadlock: (pids: number[]) => Promise<void>): Promise<void> {
    try {
      await this.#runAll(onDeadlock)
    } finally {
      for (const { blockedPid } of this.#waiting) this.#backends.go(blockedPid)
    }
  }

  async #runAll(onDeadlock: (pids: number[]) => Promise<void>): Promise<void> {
    for (;;) {
      await this.#unblock()
      const ready = this.#tasks.filter((task) => task.state === 'ready')
      if (ready.length === 0) {
        const blocked = this.#tasks.filter((task) => task.state === 'blocked')
        if (blocked.length === 0) return
        this.trace.push(`deadlock of ${blocked.map(({ name }) => name).join(', ')}`)
        await onDeadlock(blocked.map(({ blockedPid }) => blockedPid))
        continue
      }
      const awake = ready.filter(({ stalledFor }) => stalledFor === 0)
      const next = this.#random.pick(awake.length > 0 ? awake : ready)
      for (const task of this.#tasks) task.stalledFor = task === next ? 0 : Math.max(task.stalledFor - 1, 0)
      // Those who wait for the same row are woken together and race for it. Only the first may run off.
      for (const { blockedPid } of [...this.#waiting].slice(1)) this.#backends.stop(blockedPid)
      await this.#step(next)
    }
  }

  async #step(task: Task): Promise<void> {
    task.steps++
    if (task.dieAtStep !== null && task.steps >= task.dieAtStep) {
      this.trace.push(`${task.name} dies`)
      task.state = 'dead'
      for (const take of task.onDeath) await take()
      return
    }
    task.state = 'running'
    const over = new Promise<void>((resolve) => {
      this.#stepOver = resolve
    })
    task.resume()
    await this.#endOf(over, task)
  }

  /** A task that waits for something which no scheduler decides would stop everything. */
  async #endOf(over: Promise<void>, task: Task): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), STEP_LIMIT_MS)
    })
    const first = await Promise.race([over.then(() => 'over' as const), late])
    clearTimeout(timer)
    if (first === 'over') return
    throw new Error(`${task.name} does not yield. Last steps:\n${this.trace.slice(-12).join('\n')}`)
  }

  /** Statements whose lock has come are answered before anybody goes on; one that then meets another lock waits on. */
  async #unblock(): Promise<void> {
    for (const task of this.#waiting) {
      this.#backends.go(task.blockedPid)
      const { isStillBlocked } = task
      const answer = blockedAnswers.get(task)
      if (isStillBlocked === null || answer === undefined) continue
      if (await isStillBlocked()) continue
      const now = await Promise.race([answer.then(() => 'answered' as const), waitsForLock(isStillBlocked, answer)])
      if (now === 'blocked') continue
      blockedAnswers.delete(task)
      this.#waiting.delete(task)
      task.isStillBlocked = null
      task.state = 'ready'
    }
  }

  #endStep(): void {
    const over = this.#stepOver
    this.#stepOver = null
    over?.()
  }

  /** What tasks ended with that nobody handled. */
  failures(): readonly { readonly task: string; readonly error: unknown }[] {
    return this.#tasks
      .filter(({ failure }) => failure !== null)
      .map(({ name, failure }) => ({ task: name, error: failure }))
  }

  deaths(): number {
    return this.#tasks.filter((task) => task.state === 'dead').length
  }
}

const blockedAnswers = new WeakMap<Task, Promise<void>>()

/** Asks again and again until the statement is answered or found waiting. */
async function waitsForLock(isBlocked: () => Promise<boolean>, settled: Promise<unknown>): Promise<'blocked'> {
  const answered = settled.then(() => 'answered' as const)
  for (;;) {
    const pause = new Promise<'pause'>((resolve) => setTimeout(() => resolve('pause'), 3))
    if ((await Promise.race([answered, pause])) === 'answered') return new Promise(() => undefined)
    if (await isBlocked()) return 'blocked'
  }
}
