import { and, asc, count, desc, eq, ne } from 'drizzle-orm'

import type { Address } from '@/lib/domain/address'

import type { Queryable, Transaction } from '../client'
import { memberAddresses } from '../schema/members'

export type SavedAddress = Address & { readonly id: string; readonly isDefault: boolean }

const columns = {
  id: memberAddresses.id,
  name: memberAddresses.name,
  line1: memberAddresses.line1,
  line2: memberAddresses.line2,
  city: memberAddresses.city,
  region: memberAddresses.region,
  postalCode: memberAddresses.postalCode,
  country: memberAddresses.country,
  isDefault: memberAddresses.isDefault,
}

/** The default first. */
export async function listAddresses(db: Queryable, memberId: string): Promise<SavedAddress[]> {
  return db
    .select(columns)
    .from(memberAddresses)
    .where(eq(memberAddresses.memberId, memberId))
    .orderBy(desc(memberAddresses.isDefault), asc(memberAddresses.createdAt))
}

/** Another member's is as missing as one that never was. */
export async function findAddress(db: Queryable, memberId: string, id: string): Promise<SavedAddress | null> {
  const [row] = await db
    .select(columns)
    .from(memberAddresses)
    .where(and(eq(memberAddresses.id, id), eq(memberAddresses.memberId, memberId)))
  return row ?? null
}

export async function countAddresses(db: Queryable, memberId: string): Promise<number> {
  const [row] = await db.select({ count: count() }).from(memberAddresses).where(eq(memberAddresses.memberId, memberId))
  return row?.count ?? 0
}

export async function insertAddress(
  tx: Transaction,
  memberId: string,
  address: Address & { readonly id: string; readonly isDefault: boolean },
): Promise<void> {
  await tx.insert(memberAddresses).values({ ...address, memberId })
}

export async function updateAddress(tx: Transaction, memberId: string, id: string, address: Address): Promise<boolean> {
  const rows = await tx
    .update(memberAddresses)
    .set(address)
    .where(and(eq(memberAddresses.id, id), eq(memberAddresses.memberId, memberId)))
    .returning({ id: memberAddresses.id })
  return rows.length > 0
}

/** Makes one the default and the others not. False when it is not this member's. */
export async function makeAddressDefault(tx: Transaction, memberId: string, id: string): Promise<boolean> {
  if (!(await findAddress(tx, memberId, id))) return false
  await tx
    .update(memberAddresses)
    .set({ isDefault: false })
    .where(and(eq(memberAddresses.memberId, memberId), ne(memberAddresses.id, id)))
  await tx.update(memberAddresses).set({ isDefault: true }).where(eq(memberAddresses.id, id))
  return true
}

export async function deleteAddress(tx: Transaction, memberId: string, id: string): Promise<boolean> {
  const rows = await tx
    .delete(memberAddresses)
    .where(and(eq(memberAddresses.id, id), eq(memberAddresses.memberId, memberId)))
    .returning({ id: memberAddresses.id })
  return rows.length > 0
}
