/**
 * A limit that slows without locking out: a bucket that leaks. What does not fit is told when to come back, and whoever comes
 * back then is let in, whatever others have done meanwhile: their turn was kept. Turns come one after the other.
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

/** When turns are, in seconds from now; null where there is none. 0 or less is now. */
export interface Turns {
  /** The one that is kept for this caller. */
  readonly own: number | null
  /** The last one that is kept for anybody. */
  readonly last: number | null
}

export const NO_TURNS: Turns = { own: null, last: null }

/** What happened, rather than was asked for, is felt no longer than this. */
export const FELT_MAX_SECONDS = 600

/**
 * Nobody is told to wait longer, whoever else waits at the same address: a shopper who is slowed still buys. Past it turns are no
 * longer apart, so a tester of cards who is patient enough gets in with many carts at once; what is declined of them then counts.
 */
const WAIT_MAX_SECONDS = 1800

export type TryPlan =
  /** `turn`: one was kept for this caller, and is used up. */
  | { readonly kind: 'admit'; readonly level: number; readonly turn: boolean }
  /** With `newTurn` that time is kept for the caller, and the next one is told a later one. */
  | { readonly kind: 'refuse'; readonly level: number; readonly retryAfterSeconds: number; readonly newTurn: boolean }

/**
 * Decides about one try. The level is what was let in, so whoever finds room is let in at once, also where many hold turns that
 * they do not come back for. Turns are as far apart as the bucket leaks: however many wait, they do not come back all at once.
 * `within`: a turn is kept before so many seconds have passed, for what is bounded otherwise. A cost below nothing is of what is
 * counted already, and takes nothing back.
 */
export function planTry(limit: Limit, bucket: Bucket, turns: Turns, cost: number, within?: number): TryPlan {
  const level = drain(limit, bucket)
  const filled = level + cost
  if (limit.keepsTurns === false) return planFirmTry(limit, level, cost)
  const admitted = Math.max(filled, level)
  if (turns.own !== null && turns.own <= 0) return { kind: 'admit', level: cap(limit, admitted), turn: true }
  if (filled <= limit.capacity) return { kind: 'admit', level: admitted, turn: turns.own !== null }
  if (turns.own !== null && turns.own <= (within ?? Infinity)) {
    return { kind: 'refuse', level, retryAfterSeconds: Math.ceil(turns.own), newTurn: false }
  }
  const room = secondsFor(limit, filled - limit.capacity)
  const afterLast = (turns.last ?? 0) + secondsFor(limit, Math.max(cost, 1))
  const wait = Math.min(Math.max(room, afterLast), within ?? WAIT_MAX_SECONDS)
  return { kind: 'refuse', level, retryAfterSeconds: Math.max(Math.ceil(wait), 1), newTurn: true }
}

function secondsFor({ perHour }: Limit, cost: number): number {
  return (cost * 3600) / perHour
}

/** What is refused costs nothing, so the time that is told is when there is room again. */
function planFirmTry(limit: Limit, level: number, cost: number): TryPlan {
  const filled = level + cost
  if (filled <= limit.capacity) return { kind: 'admit', level: filled, turn: false }
  const retryAfterSeconds = Math.max(Math.ceil(secondsFor(limit, filled - limit.capacity)), 1)
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

/** No fuller than what ten minutes empty: else a flood would be felt long after it has passed. */
function cap({ capacity, perHour }: Limit, level: number): number {
  return Math.min(level, capacity + (FELT_MAX_SECONDS * perHour) / 3600)
}
