import { and, desc, eq, gt, isNotNull, isNull, ne, sql } from 'drizzle-orm'

import { FRESH_MINUTES, SESSION_IDLE_DAYS, SESSION_LIFE_DAYS, type SessionMethod } from '@/lib/domain/member'

import type { Database, Queryable, Transaction } from '../client'
import { members, memberSessions } from '../schema/members'

export interface NewSession {
  readonly id: string
  readonly secretHash: string
  readonly memberId: string
  readonly method: SessionMethod
  readonly device: string
  readonly network: string | null
  readonly deviceHash: string
  /** Begun with what is a second factor in itself. */
  readonly bySecondFactor: boolean
}

export async function insertSession(tx: Transaction, { bySecondFactor, ...session }: NewSession): Promise<void> {
  await tx.insert(memberSessions).values({
    ...session,
    expiresAt: sql`now() + make_interval(days => ${SESSION_LIFE_DAYS})`,
    ...(bySecondFactor ? { secondFactorAt: sql`now()` } : {}),
  })
}

const isAlive = and(
  isNull(memberSessions.revokedAt),
  gt(memberSessions.expiresAt, sql`now()`),
  gt(memberSessions.lastUsedAt, sql`now() - make_interval(days => ${SESSION_IDLE_DAYS})`),
)

export interface LiveSession {
  readonly sessionId: string
  readonly memberId: string
  readonly email: string
  readonly name: string
  /** Signed in a moment ago: may change who gets in. */
  readonly fresh: boolean
  readonly deletionRequestedAt: Date | null
  /** Since the session's last second factor; null when there was none. */
  readonly secondFactorAgeMs: number | null
}

/** Who is behind a session's secret; null once it is revoked or over, or the member is disabled. */
export async function findLiveSession(db: Queryable, secretHash: string): Promise<LiveSession | null> {
  const [row] = await db
    .select({
      sessionId: memberSessions.id,
      memberId: members.id,
      email: members.email,
      name: members.name,
      fresh: sql<boolean>`${memberSessions.createdAt} > now() - make_interval(mins => ${FRESH_MINUTES})`,
      deletionRequestedAt: members.deletionRequestedAt,
      secondFactorAgeMs: sql<number | null>`
        (extract(epoch from now() - ${memberSessions.secondFactorAt}) * 1000)::float8`,
    })
    .from(memberSessions)
    .innerJoin(members, eq(members.id, memberSessions.memberId))
    .where(and(eq(memberSessions.secretHash, secretHash), isAlive, isNull(members.disabledAt)))
  return row ?? null
}

/** Notes the use of a session, at most every five minutes: a read is not to become a write each time. */
export async function touchSession(db: Database, id: string): Promise<void> {
  await db
    .update(memberSessions)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(memberSessions.id, id), sql`${memberSessions.lastUsedAt} < now() - interval '5 minutes'`))
}

export async function noteSecondFactor(tx: Queryable, id: string): Promise<void> {
  await tx
    .update(memberSessions)
    .set({ secondFactorAt: sql`now()` })
    .where(eq(memberSessions.id, id))
}

/** In none of this member's sessions has a second factor been given any more. */
export async function forgetSecondFactors(tx: Queryable, memberId: string): Promise<void> {
  await tx.update(memberSessions).set({ secondFactorAt: null }).where(eq(memberSessions.memberId, memberId))
}

export async function revokeSessionBySecret(tx: Queryable, secretHash: string): Promise<void> {
  await tx
    .update(memberSessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(memberSessions.secretHash, secretHash), isNull(memberSessions.revokedAt)))
}

/** False when it is not this member's, or over already. */
export async function revokeSession(tx: Queryable, memberId: string, id: string): Promise<boolean> {
  const rows = await tx
    .update(memberSessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(memberSessions.id, id), eq(memberSessions.memberId, memberId), isNull(memberSessions.revokedAt)))
    .returning({ id: memberSessions.id })
  return rows.length > 0
}

/** All of a member's sessions, but the one that is kept. */
export async function revokeOtherSessions(tx: Queryable, memberId: string, keptId: string | null): Promise<void> {
  await tx
    .update(memberSessions)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(memberSessions.memberId, memberId),
        isNull(memberSessions.revokedAt),
        ...(keptId === null ? [] : [ne(memberSessions.id, keptId)]),
      ),
    )
}

export interface DeviceRow {
  readonly id: string
  readonly device: string
  readonly network: string | null
  readonly method: SessionMethod
  readonly createdAt: Date
  readonly lastUsedAt: Date
}

export async function listLiveSessions(db: Queryable, memberId: string): Promise<DeviceRow[]> {
  return db
    .select({
      id: memberSessions.id,
      device: memberSessions.device,
      network: memberSessions.network,
      method: memberSessions.method,
      createdAt: memberSessions.createdAt,
      lastUsedAt: memberSessions.lastUsedAt,
    })
    .from(memberSessions)
    .where(and(eq(memberSessions.memberId, memberId), isAlive))
    .orderBy(desc(memberSessions.lastUsedAt))
}

/**
 * Whether the member has been here before, and with this very browser; one that was signed out has forgotten that, so one of its kind
 * from the same network counts as it.
 */
export async function readDeviceHistory(
  db: Queryable,
  memberId: string,
  { device, network, deviceHash }: { device: string; network: string | null; deviceHash: string },
): Promise<{ any: boolean; sameDevice: boolean }> {
  const [row] = await db
    .select({
      any: sql<boolean>`count(*) > 0`,
      sameDevice: sql<boolean>`coalesce(bool_or(${memberSessions.deviceHash} = ${deviceHash}
        or (${memberSessions.device} = ${device} and ${memberSessions.network} = ${network})), false)`,
    })
    .from(memberSessions)
    .where(eq(memberSessions.memberId, memberId))
  return row ?? { any: false, sameDevice: false }
}

/**
 * Whether the owner of the account with this address has signed in with this very browser, and nobody has signed it out from
 * elsewhere since. `bySecondFactor`: and has given their second factor there.
 */
export async function isDeviceOf(
  db: Queryable,
  email: string,
  deviceHash: string,
  { bySecondFactor }: { readonly bySecondFactor: boolean },
): Promise<boolean> {
  const [row] = await db
    .select({ one: sql`1` })
    .from(memberSessions)
    .innerJoin(members, eq(members.id, memberSessions.memberId))
    .where(
      and(
        eq(members.email, email),
        eq(memberSessions.deviceHash, deviceHash),
        isNull(memberSessions.revokedAt),
        bySecondFactor ? isNotNull(memberSessions.secondFactorAt) : undefined,
      ),
    )
    .limit(1)
  return row !== undefined
}

/** Whether the owner of the account with this address has signed in from this network in the last months. */
export async function isNetworkOf(db: Queryable, email: string, network: string): Promise<boolean> {
  const [row] = await db
    .select({ one: sql`1` })
    .from(memberSessions)
    .innerJoin(members, eq(members.id, memberSessions.memberId))
    .where(and(eq(members.email, email), eq(memberSessions.network, network)))
    .limit(1)
  return row !== undefined
}

/** Sessions that have been over for a while say nothing any more. */
export async function forgetOldSessions(db: Database): Promise<void> {
  await db.delete(memberSessions).where(sql`
    greatest(${memberSessions.revokedAt}, least(${memberSessions.expiresAt}, ${memberSessions.lastUsedAt} + make_interval(days => ${SESSION_IDLE_DAYS})))
      < now() - interval '90 days'`)
}
