import { and, asc, eq, sql } from 'drizzle-orm'

import type { IdentityProvider } from '@/lib/domain/member'

import type { Queryable, Transaction } from '../client'
import { memberIdentities, memberPasskeys } from '../schema/members'

export type PasskeyRow = typeof memberPasskeys.$inferSelect
export type IdentityRow = typeof memberIdentities.$inferSelect

export async function listPasskeys(db: Queryable, memberId: string): Promise<PasskeyRow[]> {
  return db
    .select()
    .from(memberPasskeys)
    .where(eq(memberPasskeys.memberId, memberId))
    .orderBy(asc(memberPasskeys.createdAt))
}

export async function lockPasskey(tx: Transaction, id: string): Promise<PasskeyRow | null> {
  const [row] = await tx.select().from(memberPasskeys).where(eq(memberPasskeys.id, id)).for('update')
  return row ?? null
}

/** Those of a member that are a second factor of theirs. */
const isFactorOf = (memberId: string) =>
  and(eq(memberPasskeys.memberId, memberId), eq(memberPasskeys.isSecondFactor, true))

export async function countFactorPasskeys(db: Queryable, memberId: string): Promise<number> {
  return db.$count(memberPasskeys, isFactorOf(memberId))
}

export async function makeSecondFactor(tx: Transaction, id: string): Promise<void> {
  await tx.update(memberPasskeys).set({ isSecondFactor: true }).where(eq(memberPasskeys.id, id))
}

export async function deleteFactorPasskeys(tx: Transaction, memberId: string): Promise<number> {
  const rows = await tx.delete(memberPasskeys).where(isFactorOf(memberId)).returning({ id: memberPasskeys.id })
  return rows.length
}

/** False when this key is somebody's already. */
export async function insertPasskey(
  tx: Transaction,
  passkey: Omit<PasskeyRow, 'createdAt' | 'lastUsedAt'>,
): Promise<boolean> {
  const rows = await tx
    .insert(memberPasskeys)
    .values(passkey)
    .onConflictDoNothing()
    .returning({ id: memberPasskeys.id })
  return rows.length > 0
}

export async function notePasskeyUse(tx: Transaction, id: string, counter: number): Promise<void> {
  await tx
    .update(memberPasskeys)
    .set({ counter, lastUsedAt: sql`now()` })
    .where(eq(memberPasskeys.id, id))
}

/** False when it is not this member's. */
export async function deletePasskey(tx: Transaction, memberId: string, id: string): Promise<boolean> {
  const rows = await tx
    .delete(memberPasskeys)
    .where(and(eq(memberPasskeys.id, id), eq(memberPasskeys.memberId, memberId)))
    .returning({ id: memberPasskeys.id })
  return rows.length > 0
}

export async function listIdentities(db: Queryable, memberId: string): Promise<IdentityRow[]> {
  return db
    .select()
    .from(memberIdentities)
    .where(eq(memberIdentities.memberId, memberId))
    .orderBy(asc(memberIdentities.createdAt))
}

export async function findIdentity(
  db: Queryable,
  provider: IdentityProvider,
  subject: string,
): Promise<IdentityRow | null> {
  const [row] = await db
    .select()
    .from(memberIdentities)
    .where(and(eq(memberIdentities.provider, provider), eq(memberIdentities.subject, subject)))
  return row ?? null
}

/** False when that account, or another of that provider, is connected already. */
export async function insertIdentity(
  tx: Transaction,
  identity: Pick<IdentityRow, 'provider' | 'subject' | 'memberId' | 'email'>,
): Promise<boolean> {
  const rows = await tx
    .insert(memberIdentities)
    .values(identity)
    .onConflictDoNothing()
    .returning({ subject: memberIdentities.subject })
  return rows.length > 0
}

export async function deleteIdentity(tx: Transaction, memberId: string, provider: IdentityProvider): Promise<boolean> {
  const rows = await tx
    .delete(memberIdentities)
    .where(and(eq(memberIdentities.memberId, memberId), eq(memberIdentities.provider, provider)))
    .returning({ subject: memberIdentities.subject })
  return rows.length > 0
}
