import { and, asc, desc, eq, inArray, lt, or, sql } from 'drizzle-orm'

import type { Bucket, Turns } from '@/lib/domain/rate-limit'

import type { Database, Queryable, Transaction } from '../client'
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

/** The turns at each bucket: the caller's own, which is kept for an hour after it was due, and the last one of all. */
export async function readTurns(tx: Transaction, keys: readonly string[], caller: string): Promise<Map<string, Turns>> {
  const inSeconds = sql`extract(epoch from max(${rateLimitTurns.turnAt}) - now())::float8`
  const isOwn = sql`${rateLimitTurns.caller} = ${caller}`
  const rows = await tx
    .select({
      key: rateLimitTurns.key,
      own: sql<
        number | null
      >`extract(epoch from max(${rateLimitTurns.turnAt}) filter (where ${isOwn}) - now())::float8`,
      last: sql<number>`${inSeconds}`,
    })
    .from(rateLimitTurns)
    .where(
      and(
        inArray(rateLimitTurns.key, [...keys]),
        or(
          and(isOwn, sql`${rateLimitTurns.turnAt} > now() - interval '1 hour'`),
          sql`${rateLimitTurns.turnAt} > now()`,
        ),
      ),
    )
    .groupBy(rateLimitTurns.key)
  return new Map(rows.map(({ key, own, last }) => [key, { own, last: Math.max(last, 0) }]))
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

/** Where a caller was last seen, kept among the turns and gone with them after a day. */
const seenKey = (caller: string) => `seen:${caller}`

export async function rememberNetwork(tx: Transaction, caller: string, networkHash: string): Promise<void> {
  await keepTurn(tx, seenKey(caller), networkHash, 0)
}

export async function findNetwork(db: Queryable, caller: string): Promise<string | null> {
  const [row] = await db
    .select({ networkHash: rateLimitTurns.caller })
    .from(rateLimitTurns)
    .where(eq(rateLimitTurns.key, seenKey(caller)))
    .orderBy(desc(rateLimitTurns.turnAt))
    .limit(1)
  return row?.networkHash ?? null
}

/** Buckets that nobody has used for a day are empty. */
export async function forgetOldTries(db: Database): Promise<void> {
  await db.delete(rateLimits).where(lt(rateLimits.touchedAt, sql`now() - interval '1 day'`))
  await db.delete(rateLimitTurns).where(lt(rateLimitTurns.turnAt, sql`now() - interval '1 day'`))
}
