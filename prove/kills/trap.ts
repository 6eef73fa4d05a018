import type { Moment } from '../harness/postgres-proxy'
import type { Driver, Step } from './steps'

export interface TrapOrder {
  readonly step: Step
  readonly moment: Moment
  readonly driver: Driver
  /** Springs when it is seen for this time. */
  readonly nth: number
  /** A call is meant only if its path names one of these. */
  readonly pathsWith?: readonly string[]
  /** Kills and answers with the time of the death. */
  readonly kill: () => Promise<number>
}

export interface Sighting {
  readonly step: Step | null
  readonly moment: Moment
  /** Whose message it is; null where the worker runs inside the shop, so that it could be either. */
  readonly driver: Driver | null
  /** Of a call to PayPal. */
  readonly path?: string
}

interface Armed extends TrapOrder {
  seen: number
  readonly resolve: (diedAt: number) => void
  readonly reject: (error: unknown) => void
}

/** Waits for the n-th message of a kind in a phase and kills the process that sent it, before the message goes on. */
export class Trap {
  #armed: Armed | null = null

  /** Answers with the time of the death (`performance.now()`), or null when the message did not come in `patienceMs`. */
  async arm(order: TrapOrder, patienceMs: number): Promise<number | null> {
    let late: NodeJS.Timeout | undefined
    try {
      return await new Promise<number | null>((resolve, reject) => {
        this.#armed = { ...order, seen: 0, resolve, reject }
        late = setTimeout(() => resolve(null), patienceMs)
      })
    } finally {
      clearTimeout(late)
      this.#armed = null
    }
  }

  async see(sighting: Sighting): Promise<void | 'drop'> {
    const armed = this.#armed
    if (!armed || !isMeant(armed, sighting)) return
    armed.seen += 1
    if (armed.seen !== armed.nth) return
    try {
      armed.resolve(await armed.kill())
    } catch (error) {
      armed.reject(error)
    }
    // Nobody is left to hear an answer, and what was not forwarded is not.
    return sighting.moment === 'answered' ? undefined : 'drop'
  }
}

function isMeant(armed: Armed, { step, moment, driver, path }: Sighting): boolean {
  if (step !== armed.step || moment !== armed.moment) return false
  if (driver !== null && driver !== armed.driver) return false
  return path === undefined || !armed.pathsWith || armed.pathsWith.some((part) => path.includes(part))
}
