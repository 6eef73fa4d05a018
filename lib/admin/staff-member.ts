import 'server-only'

import { getDatabase } from '@/db/client'
import { countRecoveryCodes, findActiveStaff, readFactors } from '@/db/queries/staff'
import { isSetUp, type Factors, type Role } from '@/lib/domain/staff'
import type { Member } from '@/lib/members/member'

declare const proof: unique symbol

/** A member who works here, before the second factor: may do nothing but give one, or set one up. */
export type StaffMember = Member & {
  readonly role: Role
  readonly factors: Factors
  readonly isSetUp: boolean
  readonly [proof]: true
}

export async function findStaffMember(member: Member): Promise<StaffMember | null> {
  const db = getDatabase()
  const row = await findActiveStaff(db, member.memberId)
  const factors = row && (await readFactors(db, member.memberId))
  return row && factors ? ({ ...member, role: row.role, factors, isSetUp: isSetUp(factors) } as StaffMember) : null
}

export async function countOwnRecoveryCodes(person: StaffMember): Promise<number> {
  return countRecoveryCodes(getDatabase(), person.memberId)
}
