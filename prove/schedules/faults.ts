import type { Random } from './random'

/** What can go wrong on the way, with the chance that it does each time there is an occasion. */
const CHANCES = {
  /** PayPal never hears the request. */
  request_lost: 0.04,
  /** PayPal has done it, and nobody hears the answer. */
  answer_lost: 0.06,
  /** The sender of a capture gives up, and much later the request arrives all the same. */
  capture_late: 0.12,
  /** The request arrives a second time, later. */
  request_repeated: 0.06,
  /** PayPal answers 500 before the work, after the work, 429, or nonsense; or what is before it answers 404. */
  paypal_error: 0.06,
  /** The same of a refund call. There are few, so each has to be unlucky more often. */
  refund_error: 0.4,
  commit_lost_before: 0.02,
  commit_lost_after: 0.02,
  serialization_failure: 0.01,
  deadlock: 0.005,
  /** The process is suspended in the middle of a transaction, for longer than its lease, and another takes over. */
  stall: 0.02,
} as const
export type FaultKind = keyof typeof CHANCES

export interface Faults {
  strikes(kind: FaultKind): boolean
}

/** Faults as the seed has it; some schedules have none, so that the ordinary way is walked too. */
export function seededFaults(random: Random): Faults {
  const severity = random.pick([0, 0.5, 1, 1, 2])
  return { strikes: (kind) => random.chance(CHANCES[kind] * severity) }
}

/** What ordered faults look like to the code that meets them. */
const ORDERED = /ordered|connection was lost|COMMIT was lost|before COMMIT arrived|terminat|request lost|answer lost/i

/** Whether an error, or what caused it, was ordered. */
export function wasOrdered(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (ORDERED.test(current.message)) return true
  }
  return false
}
