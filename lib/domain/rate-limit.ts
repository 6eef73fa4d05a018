/**
 * A limit that slows without locking out: a bucket that leaks. What does not fit is told when to come back, and whoever comes
 * back then is let in, whatever others have done meanwhile: their turn was kept.
 */
export interface Limit {
  /** What is counted: purpose and whom, without personal data in the clear. */
  readonly key: string
  /** So many at once. */
  readonly capacity: number
  /** And so many more in an hour. */
  readonly perHour: number
  /**
   * By default whoever is refused has a turn kept for them. Without that, the limit is the same however many callers there are,
   * and it may be that they take each other's place: only where the honest one has another way.
   */
  readonly keepsTurns?: boolean
}

/** How full a bucket was, and how long ago. */
export interface Bucket {
  readonly level: number
  readonly secondsAgo: number
}

/** Nobody is told to wait longer. */
export const WAIT_MAX_SECONDS = 600

export type TryPlan =
  /** `turn`: it was kept for this caller, and is used up. */
  | { readonly kind: 'admit'; readonly level: number; readonly turn: boolean }
  /** The place in the queue is taken at once, so that the next one is told a later time. */
  | { readonly kind: 'refuse'; readonly level: number; readonly retryAfterSeconds: number; readonly newTurn: boolean }

/** Decides about one try. `turnInSeconds`: when this caller's turn is, if one is kept; 0 or less is now. */
export function planTry(limit: Limit, bucket: Bucket, turnInSeconds: number | null, cost: number): TryPlan {
  const level = drain(limit, bucket)
  if (limit.keepsTurns === false) return planFirmTry(limit, level, cost)
  if (turnInSeconds !== null) {
    return turnInSeconds <= 0
      ? { kind: 'admit', level, turn: true }
      : { kind: 'refuse', level, retryAfterSeconds: Math.ceil(turnInSeconds), newTurn: false }
  }
  const filled = level + cost
  if (filled <= limit.capacity) return { kind: 'admit', level: filled, turn: false }
  const wait = Math.min(((filled - limit.capacity) * 3600) / limit.perHour, WAIT_MAX_SECONDS)
  return { kind: 'refuse', level: cap(limit, filled), retryAfterSeconds: Math.max(Math.ceil(wait), 1), newTurn: true }
}

/** What is refused costs nothing, so the time that is told is when there is room again. */
function planFirmTry(limit: Limit, level: number, cost: number): TryPlan {
  const filled = level + cost
  if (filled <= limit.capacity) return { kind: 'admit', level: filled, turn: false }
  const retryAfterSeconds = Math.max(Math.ceil(((filled - limit.capacity) * 3600) / limit.perHour), 1)
  return { kind: 'refuse', level, retryAfterSeconds, newTurn: false }
}

/**
 * The level after something that was not asked for but happened: a payment that was declined, say. Less than nothing takes back
 * what was counted.
 */
export function addCost(limit: Limit, bucket: Bucket, cost: number): number {
  return cap(limit, Math.max(0, drain(limit, bucket) + cost))
}

function drain({ perHour }: Limit, { level, secondsAgo }: Bucket): number {
  return Math.max(0, level - (Math.max(secondsAgo, 0) * perHour) / 3600)
}

/** No fuller than what the longest wait empties: else a flood would be felt long after it has passed. */
function cap({ capacity, perHour }: Limit, level: number): number {
  return Math.min(level, capacity + (WAIT_MAX_SECONDS * perHour) / 3600)
}
