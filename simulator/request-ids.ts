import { createHash } from 'node:crypto'
import type { Refusal } from './refusals'
import type { Operation } from './operations'

/** What a `PayPal-Request-Id` did the first time: the resource it made, or the refusal it met. */
export type RememberedRequest = {
  key: string
  bodyHash: string
  result: { kind: 'order' | 'capture_order' | 'refund'; id: string } | { kind: 'refused'; refusal: Refusal }
  /** Milliseconds of the simulated clock after which the id is forgotten. */
  forgottenAt: number
}

const HOUR = 3_600_000

/** PayPal keeps the ids of Orders v2 for 6 hours, those of Payments v2 for 45 days. */
export function retentionOf(operation: Operation): number {
  return operation === 'refund' ? 45 * 24 * HOUR : 6 * HOUR
}

/** Ids are scoped by operation and resource: the same id on another order is another request. */
export function requestKey(operation: Operation, resourceId: string, requestId: string): string {
  return `${operation} ${resourceId} ${requestId}`
}

export function hashBody(body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(body ?? {}))
    .digest('hex')
}
