import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm'

import type { Bucket } from '@/lib/domain/rate-limit'

import type { Database, Transaction } from '../client'
import { rateLimits, rateLimitTurns } from '../schema/rate-limits'

/** The buckets, locked; one that is new is empty. Every caller locks them in the order of their keys. */
export async function lockBuckets(tx: Transaction, keys: readonly string[]): Promise<Map<string, Bucket>> {
  const sorted = [...new Set(keys)].toSorted()
  await tx
    .insert(rateLimits)
    .values(sorted.map((key) => ({ key, level: 0 })))
    .onConflictDoNothing()
  const rows = await tx
    .select({
      key: rateLimits.key,
      level: rateLimits.level,
      secondsAgo: sql<number>`extract(epoch from now() - ${rateLimits.touchedAt})::float8`,
    })
    .from(rateLimits)
    .where(inArray(rateLimits.key, sorted))
    .orderBy(asc(rateLimits.key))
    .for('update')
  return new Map(rows.map(({ key, ...bucket }) => [key, bucket]))
}

export async function writeLevel(tx: Transaction, key: string, level: number): Promise<void> {
  await tx
    .update(rateLimits)
    .set({ level, touchedAt: sql`now()` })
    .where(eq(rateLimits.key, key))
}

/** In how many seconds each of the caller's turns is; 0 or less is now. A turn is kept for an hour. */
export async function readTurns(
  tx: Transaction,
  keys: readonly string[],
  caller: string,
): Promise<Map<string, number>> {
  const rows = await tx
    .select({
      key: rateLimitTurns.key,
      inSeconds: sql<number>`extract(epoch from ${rateLimitTurns.turnAt} - now())::float8`,
    })
    .from(rateLimitTurns)
    .where(
      and(
        inArray(rateLimitTurns.key, [...keys]),
        eq(rateLimitTurns.caller, caller),
        sql`${rateLimitTurns.turnAt} > now() - interval '1 hour'`,
      ),
    )
  return new Map(rows.map(({ key, inSeconds }) => [key, inSeconds]))
}

export async function keepTurn(tx: Transaction, key: string, caller: string, seconds: number): Promise<void> {
  const turnAt = sql`now() + make_interval(secs => ${seconds})`
  await tx
    .insert(rateLimitTurns)
    .values({ key, caller, turnAt })
    .onConflictDoUpdate({ target: [rateLimitTurns.key, rateLimitTurns.caller], set: { turnAt } })
}

export async function spendTurn(tx: Transaction, key: string, caller: string): Promise<void> {
  await tx.delete(rateLimitTurns).where(and(eq(rateLimitTurns.key, key), eq(rateLimitTurns.caller, caller)))
}

/** Buckets that nobody has used for a day are empty. */
export async function forgetOldTries(db: Database): Promise<void> {
  await db.delete(rateLimits).where(lt(rateLimits.touchedAt, sql`now() - interval '1 day'`))
  await db.delete(rateLimitTurns).where(lt(rateLimitTurns.turnAt, sql`now() - interval '1 day'`))
}
