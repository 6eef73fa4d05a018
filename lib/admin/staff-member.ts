import 'server-only'

import { getDatabase } from '@/db/client'
import { countRecoveryCodes, findActiveStaff } from '@/db/queries/staff'
import type { Role } from '@/lib/domain/staff'
import type { Member } from '@/lib/members/member'

declare const proof: unique symbol

/** A member who works here, before the second factor: may do nothing but give one, or set one up. */
export type StaffMember = Member & {
  readonly role: Role
  readonly isSetUp: boolean
  readonly [proof]: true
}

export async function findStaffMember(member: Member): Promise<StaffMember | null> {
  const row = await findActiveStaff(getDatabase(), member.memberId)
  return row ? ({ ...member, role: row.role, isSetUp: row.totpConfirmedAt !== null } as StaffMember) : null
}

export async function countOwnRecoveryCodes(person: StaffMember): Promise<number> {
  return countRecoveryCodes(getDatabase(), person.memberId)
}
