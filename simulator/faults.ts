import type { Issue } from './issues'
import { OPERATIONS, type Operation } from './operations'

export const FAULT_KINDS = [
  'refuse',
  'rate_limit',
  'unauthorized',
  'error_before',
  'not_found_page',
  'drop_before',
  'slow',
  'duplicate',
  'error_after',
  'hang_after',
  'drop_after',
  'malformed',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

export const FAULT_TARGETS = [...OPERATIONS, 'any'] as const

/** One ordered misbehaviour, used up by the next calls that match. */
export type Fault = {
  operation: Operation | 'any'
  fault: FaultKind
  /** How many calls it still spoils. */
  times: number
  /** For `slow`: how long the work waits. For `hang_after`: how long before the connection is cut. */
  delayMs?: number
  /** For `refuse`: the issue to answer. */
  issue?: Issue
}

export type Faults = {
  queue(fault: Fault): void
  /** The first waiting fault for this operation, counted as used. */
  take(operation: Operation): Fault | null
  waiting(): readonly Fault[]
  clear(): void
}

export function createFaults(): Faults {
  let queue: Fault[] = []
  return {
    queue: (fault) => queue.push({ ...fault }),
    take: (operation) => {
      const fault = queue.find((candidate) => candidate.operation === operation || candidate.operation === 'any')
      if (fault === undefined) return null
      fault.times -= 1
      queue = queue.filter((candidate) => candidate.times > 0)
      return fault
    },
    waiting: () => queue,
    clear: () => {
      queue = []
    },
  }
}
