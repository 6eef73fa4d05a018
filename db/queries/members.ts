import { and, eq, isNull, sql } from 'drizzle-orm'

import type { WaysIn } from '@/lib/domain/member'

import type { Queryable, Transaction } from '../client'
import { memberFormerEmails, memberIdentities, memberPasskeys, members } from '../schema/members'

export type MemberRow = typeof members.$inferSelect

export async function findMember(db: Queryable, id: string): Promise<MemberRow | null> {
  const [row] = await db.select().from(members).where(eq(members.id, id))
  return row ?? null
}

/** `email` as `Email` normalises it. */
export async function findMemberByEmail(db: Queryable, email: string): Promise<MemberRow | null> {
  const [row] = await db.select().from(members).where(eq(members.email, email))
  return row ?? null
}

export async function lockMember(tx: Transaction, id: string): Promise<MemberRow | null> {
  const [row] = await tx.select().from(members).where(eq(members.id, id)).for('update')
  return row ?? null
}

/** An account whose address has just been proved. An address that has one already keeps it: the row is returned as it is. */
export async function insertMember(
  tx: Transaction,
  member: { id: string; email: string; name: string; passwordHash: string | null },
): Promise<MemberRow> {
  await tx
    .insert(members)
    .values({ ...member, emailVerifiedAt: sql`now()` })
    .onConflictDoNothing({ target: members.email })
  const row = await findMemberByEmail(tx, member.email)
  if (!row) throw new Error('the member was not inserted')
  return row
}

export async function markEmailVerified(tx: Transaction, id: string): Promise<void> {
  await tx
    .update(members)
    .set({ emailVerifiedAt: sql`now()` })
    .where(and(eq(members.id, id), isNull(members.emailVerifiedAt)))
}

export async function updateMember(
  tx: Transaction,
  id: string,
  change: Partial<Pick<MemberRow, 'email' | 'name' | 'passwordHash' | 'wantsNews' | 'wantsNewDeviceMail'>>,
): Promise<void> {
  await tx.update(members).set(change).where(eq(members.id, id))
}

/** So that what is left under an address that is given up can be erased with the account. */
export async function keepFormerEmail(tx: Transaction, memberId: string, email: string): Promise<void> {
  await tx.insert(memberFormerEmails).values({ memberId, email }).onConflictDoNothing()
}

/** How this member can get in; `lockMember` first when something is to be taken away. */
export async function readWaysIn(db: Queryable, id: string): Promise<WaysIn> {
  const member = await findMember(db, id)
  return {
    emailVerified: member?.emailVerifiedAt != null,
    hasPassword: member?.passwordHash != null,
    passkeys: await db.$count(memberPasskeys, eq(memberPasskeys.memberId, id)),
    identities: await db.$count(memberIdentities, eq(memberIdentities.memberId, id)),
  }
}

export async function requestDeletion(tx: Transaction, id: string): Promise<void> {
  await tx
    .update(members)
    .set({ deletionRequestedAt: sql`coalesce(${members.deletionRequestedAt}, now())` })
    .where(eq(members.id, id))
}

export async function withdrawDeletion(tx: Transaction, id: string): Promise<void> {
  await tx.update(members).set({ deletionRequestedAt: null }).where(eq(members.id, id))
}

/** Whether any way in opens the account. */
export async function setMemberDisabled(tx: Transaction, id: string, disabled: boolean): Promise<void> {
  await tx
    .update(members)
    .set({ disabledAt: disabled ? sql`coalesce(${members.disabledAt}, now())` : null })
    .where(eq(members.id, id))
}
