import 'server-only'

import { getDatabase, type Queryable } from '@/db/client'
import { findMember } from '@/db/queries/members'
import { findActiveStaff, readFactors } from '@/db/queries/staff'
import { can, isSetUp, planAccess, type Permission, type Role } from '@/lib/domain/staff'
import type { Member } from '@/lib/members/member'

declare const proof: unique symbol

/**
 * Somebody who may do `P` right now. Only `findAdmin` makes one, from the database: a verb that asks for an
 * `Admin<'orders.refund'>` cannot be called for anybody else, nor with another permission.
 */
export type Admin<P extends Permission = Permission> = {
  readonly memberId: string
  readonly sessionId: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly network: string | null
} & { readonly [proof]: P }

export type AdminOutcome<P extends Permission> =
  | { readonly kind: 'admin'; readonly admin: Admin<P> }
  /** Does not work here: there is no /admin for them. */
  | { readonly kind: 'outsider' }
  | { readonly kind: 'not_permitted'; readonly role: Role }
  | { readonly kind: 'step_up'; readonly role: Role }
  /** `isSetUp`: false for whoever has neither an authenticator here yet nor a passkey that is one. */
  | { readonly kind: 'second_factor'; readonly role: Role; readonly isSetUp: boolean }

/** Whether this member may do this now, asked of the database on every request. */
export async function findAdmin<P extends Permission>(
  member: Member,
  permission: P,
  network: string | null,
): Promise<AdminOutcome<P>> {
  const row = await findActiveStaff(getDatabase(), member.memberId)
  if (!row) return { kind: 'outsider' }
  const access = planAccess(row.role, permission, member.secondFactorAgeMs)
  switch (access) {
    case 'not_permitted':
      return { kind: access, role: row.role }
    case 'step_up':
      return { kind: access, role: row.role }
    case 'second_factor': {
      const factors = await readFactors(getDatabase(), member.memberId)
      return { kind: access, role: row.role, isSetUp: factors !== null && isSetUp(factors) }
    }
    case 'allowed': {
      const { memberId, sessionId, email, name } = member
      return { kind: 'admin', admin: { memberId, sessionId, email, name, role: row.role, network } as Admin<P> }
    }
  }
}

/**
 * For the worker, which goes on with what somebody has begun behind both doors: null once they do not work here any more, or their
 * role does not permit it. Their second factor was asked for when they began.
 */
export async function findStaffActor<P extends Permission>(
  db: Queryable,
  memberId: string,
  permission: P,
  network: string | null,
): Promise<Admin<P> | null> {
  const row = await findActiveStaff(db, memberId)
  const member = row && can(row.role, permission) ? await findMember(db, memberId) : null
  if (!row || !member || member.disabledAt !== null) return null
  const { email, name } = member
  return { memberId, sessionId: '', email, name, role: row.role, network } as Admin<P>
}

/** Who did it, for the audit log. */
export function actorOf({ memberId, email, network }: Admin) {
  return { actorId: memberId, actorEmail: email, network }
}
