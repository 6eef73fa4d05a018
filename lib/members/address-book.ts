import 'server-only'

import { randomUUID } from 'node:crypto'

import { inTransaction, type Database } from '@/db/client'
import {
  countAddresses,
  deleteAddress,
  findAddress,
  insertAddress,
  listAddresses,
  makeAddressDefault,
  updateAddress,
  type SavedAddress,
} from '@/db/queries/member-addresses'
import { lockMember } from '@/db/queries/members'
import type { Address } from '@/lib/domain/address'
import { ADDRESSES_MAX } from '@/lib/domain/member'

import type { Member } from './member'

export type { SavedAddress }

export function getAddresses(db: Database, member: Member): Promise<SavedAddress[]> {
  return listAddresses(db, member.memberId)
}

export async function getAddress(db: Database, member: Member, id: string): Promise<SavedAddress | null> {
  return findAddress(db, member.memberId, id)
}

/** Adds an address, unless the very same is there; the first one is the default. */
export async function addAddress(
  db: Database,
  member: Member,
  address: Address,
): Promise<{ readonly kind: 'saved' | 'full' }> {
  return inTransaction(db, async (tx) => {
    await lockMember(tx, member.memberId)
    const known = await listAddresses(tx, member.memberId)
    if (known.some((saved) => sameAddress(saved, address))) return { kind: 'saved' }
    if ((await countAddresses(tx, member.memberId)) >= ADDRESSES_MAX) return { kind: 'full' }
    await insertAddress(tx, member.memberId, { ...address, id: randomUUID(), isDefault: known.length === 0 })
    return { kind: 'saved' }
  })
}

const FIELDS = ['name', 'line1', 'line2', 'city', 'region', 'postalCode', 'country'] as const

function sameAddress(a: Address, b: Address): boolean {
  return FIELDS.every((field) => a[field] === b[field])
}

/** Somebody else's address is not found. */
export async function changeAddress(
  db: Database,
  member: Member,
  id: string,
  address: Address,
): Promise<{ readonly kind: 'saved' | 'not_found' }> {
  const found = await inTransaction(db, (tx) => updateAddress(tx, member.memberId, id, address))
  return { kind: found ? 'saved' : 'not_found' }
}

export async function chooseDefaultAddress(
  db: Database,
  member: Member,
  id: string,
): Promise<{ readonly kind: 'saved' | 'not_found' }> {
  const found = await inTransaction(db, (tx) => makeAddressDefault(tx, member.memberId, id))
  return { kind: found ? 'saved' : 'not_found' }
}

/** When the default goes, the oldest that is left takes its place. */
export async function removeAddress(
  db: Database,
  member: Member,
  id: string,
): Promise<{ readonly kind: 'removed' | 'not_found' }> {
  return inTransaction(db, async (tx) => {
    await lockMember(tx, member.memberId)
    if (!(await deleteAddress(tx, member.memberId, id))) return { kind: 'not_found' }
    const [next] = await listAddresses(tx, member.memberId)
    if (next && !next.isDefault) await makeAddressDefault(tx, member.memberId, next.id)
    return { kind: 'removed' }
  })
}
