import { and, asc, eq, isNull, lt, or, sql } from 'drizzle-orm'

import type { Factors, Role } from '@/lib/domain/staff'

import type { Queryable, Transaction } from '../client'
import { members, memberPasskeys } from '../schema/members'
import { staff, staffRecoveryCodes } from '../schema/staff'
import { countFactorPasskeys, deleteFactorPasskeys } from './member-keys'
import { forgetSecondFactors } from './member-sessions'

export type StaffRow = typeof staff.$inferSelect

/** Null for whoever does not work here, or does not any more. */
export async function findActiveStaff(db: Queryable, memberId: string): Promise<StaffRow | null> {
  const [row] = await db
    .select()
    .from(staff)
    .where(and(eq(staff.memberId, memberId), isNull(staff.disabledAt)))
  return row ?? null
}

/** The second factors of somebody who works here; null for whoever does not. */
export async function readFactors(db: Queryable, memberId: string): Promise<Factors | null> {
  const row = await findActiveStaff(db, memberId)
  if (!row) return null
  return { hasTotp: row.totpConfirmedAt !== null, passkeys: await countFactorPasskeys(db, memberId) }
}

export async function lockStaff(tx: Transaction, memberId: string): Promise<StaffRow | null> {
  const [row] = await tx.select().from(staff).where(eq(staff.memberId, memberId)).for('update')
  return row ?? null
}

/** Locks all owners, so that two who take the role from each other cannot both succeed. */
export async function lockOwners(tx: Transaction): Promise<string[]> {
  const rows = await tx
    .select({ memberId: staff.memberId })
    .from(staff)
    .where(and(eq(staff.role, 'owner'), isNull(staff.disabledAt)))
    .orderBy(asc(staff.memberId))
    .for('update')
  return rows.map(({ memberId }) => memberId)
}

/** Whoever worked here before comes back with the new role, and sets up a second factor again. */
export async function insertStaff(
  tx: Transaction,
  { memberId, role, invitedBy }: { memberId: string; role: Role; invitedBy: string | null },
): Promise<void> {
  await tx
    .insert(staff)
    .values({ memberId, role, invitedBy })
    .onConflictDoUpdate({ target: staff.memberId, set: { role, invitedBy, disabledAt: null } })
  await clearSecondFactor(tx, memberId)
}

/** Whatever was a second factor of this person is none any more, nor counts what was given before. Answers how many passkeys went. */
export async function clearSecondFactor(tx: Transaction, memberId: string): Promise<number> {
  const none = { totpSecretSealed: null, totpConfirmedAt: null, totpLastStep: null, totpNextSealed: null }
  await updateStaff(tx, memberId, none)
  await replaceRecoveryCodes(tx, memberId, [])
  await forgetSecondFactors(tx, memberId)
  return deleteFactorPasskeys(tx, memberId)
}

export async function updateStaff(
  tx: Transaction,
  memberId: string,
  change: Partial<Omit<StaffRow, 'memberId' | 'invitedBy' | 'createdAt'>>,
): Promise<void> {
  await tx.update(staff).set(change).where(eq(staff.memberId, memberId))
}

/** Takes the code of a time step, once: false when it, or a later one, was taken before. */
export async function takeTotpStep(tx: Transaction, memberId: string, step: number): Promise<boolean> {
  const rows = await tx
    .update(staff)
    .set({ totpLastStep: step })
    .where(and(eq(staff.memberId, memberId), or(isNull(staff.totpLastStep), lt(staff.totpLastStep, step))))
    .returning({ memberId: staff.memberId })
  return rows.length > 0
}

export async function replaceRecoveryCodes(
  tx: Transaction,
  memberId: string,
  hashes: readonly string[],
): Promise<void> {
  await tx.delete(staffRecoveryCodes).where(eq(staffRecoveryCodes.memberId, memberId))
  if (hashes.length > 0) await tx.insert(staffRecoveryCodes).values(hashes.map((hash) => ({ memberId, hash })))
}

/** Uses a recovery code up: false when it is not one of theirs, or was used before. */
export async function takeRecoveryCode(tx: Transaction, memberId: string, hash: string): Promise<boolean> {
  const rows = await tx
    .update(staffRecoveryCodes)
    .set({ usedAt: sql`now()` })
    .where(
      and(
        eq(staffRecoveryCodes.memberId, memberId),
        eq(staffRecoveryCodes.hash, hash),
        isNull(staffRecoveryCodes.usedAt),
      ),
    )
    .returning({ id: staffRecoveryCodes.id })
  return rows.length > 0
}

export async function countRecoveryCodes(db: Queryable, memberId: string): Promise<number> {
  return db.$count(
    staffRecoveryCodes,
    and(eq(staffRecoveryCodes.memberId, memberId), isNull(staffRecoveryCodes.usedAt)),
  )
}

export interface StaffMember {
  readonly memberId: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly hasSecondFactor: boolean
  readonly disabledAt: Date | null
  readonly createdAt: Date
}

/** Everybody who works here or has worked here. */
export async function listStaff(db: Queryable): Promise<StaffMember[]> {
  return db
    .select({
      memberId: staff.memberId,
      email: members.email,
      name: members.name,
      role: staff.role,
      hasSecondFactor: sql<boolean>`${staff.totpConfirmedAt} is not null or exists (
        select 1 from ${memberPasskeys} where ${memberPasskeys.memberId} = ${staff.memberId} and ${memberPasskeys.isSecondFactor})`,
      disabledAt: staff.disabledAt,
      createdAt: staff.createdAt,
    })
    .from(staff)
    .innerJoin(members, eq(members.id, staff.memberId))
    .orderBy(sql`${staff.disabledAt} is not null`, asc(staff.createdAt))
}

export async function hasOwner(db: Queryable): Promise<boolean> {
  return (await db.$count(staff, and(eq(staff.role, 'owner'), isNull(staff.disabledAt)))) > 0
}
