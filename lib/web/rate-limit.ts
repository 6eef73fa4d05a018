import 'server-only'

import type { Transaction } from '@/db/client'
import { keepTurn, lockBuckets, readTurns, spendTurn, writeLevel } from '@/db/queries/rate-limits'
import { addCost, NO_TURNS, planTry, type Limit } from '@/lib/domain/rate-limit'

export type TryOutcome =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'slow_down'; readonly retryAfterSeconds: number }

/**
 * Counts a try against several limits at once, in the caller's transaction: commit it also when the answer is to slow down,
 * because the caller's turn is kept in it. A try that is refused by one limit costs nothing at the others. `caller` is who
 * comes back: a cart, an account. `within` as in `planTry`.
 */
export async function countTry(
  tx: Transaction,
  { limits, caller, cost, within }: { limits: readonly Limit[]; caller: string; cost: number; within?: number },
): Promise<TryOutcome> {
  const keys = limits.map(({ key }) => key)
  const buckets = await lockBuckets(tx, keys)
  const turns = await readTurns(tx, keys, caller)
  const plans = limits.map((limit) => {
    const bucket = buckets.get(limit.key) ?? { level: 0, secondsAgo: 0 }
    return { key: limit.key, plan: planTry(limit, bucket, turns.get(limit.key) ?? NO_TURNS, cost, within) }
  })
  const refused = plans.flatMap(({ key, plan }) => (plan.kind === 'refuse' ? [{ key, plan }] : []))
  for (const { key, plan } of refused) {
    if (!plan.newTurn) continue
    await writeLevel(tx, key, plan.level)
    await keepTurn(tx, key, caller, plan.retryAfterSeconds)
  }
  if (refused.length > 0) {
    return { kind: 'slow_down', retryAfterSeconds: Math.max(...refused.map(({ plan }) => plan.retryAfterSeconds)) }
  }
  for (const { key, plan } of plans) {
    await writeLevel(tx, key, plan.level)
    if (plan.kind === 'admit' && plan.turn) await spendTurn(tx, key, caller)
  }
  return { kind: 'admitted' }
}

/** Counts what has happened: whoever is over a limit by it waits before the next try. */
export async function countCost(tx: Transaction, limits: readonly Limit[], cost: number): Promise<void> {
  const buckets = await lockBuckets(
    tx,
    limits.map(({ key }) => key),
  )
  for (const limit of limits) {
    await writeLevel(tx, limit.key, addCost(limit, buckets.get(limit.key) ?? { level: 0, secondsAgo: 0 }, cost))
  }
}
