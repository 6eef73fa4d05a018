import { eq, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'

import { inTransaction, type Database } from '@/db/client'
import { findActiveStaff, insertStaff, readFactors, updateStaff } from '@/db/queries/staff'
import { memberSessions } from '@/db/schema/members'
import type { StaffMember } from '@/lib/admin/staff-member'
import { makeTotpSecret, sealTotpSecret } from '@/lib/admin/totp'
import { isSetUp, type Role } from '@/lib/domain/staff'
import type { Member } from '@/lib/members/member'

import { memberOf } from './test-members'

/** Gives a member a role, with an authenticator or without; answers its secret. */
export async function makeStaff(db: Database, member: Member, role: Role, { totp = true } = {}): Promise<string> {
  const secret = makeTotpSecret()
  const sealed = await sealTotpSecret(secret)
  await inTransaction(db, async (tx) => {
    await insertStaff(tx, { memberId: member.memberId, role, invitedBy: null })
    if (totp) await updateStaff(tx, member.memberId, { totpSecretSealed: sealed, totpConfirmedAt: new Date() })
  })
  return secret
}

/** The last second factor of all of a member's sessions was this long ago; null for none. */
export async function ageFactor(db: Database, { memberId }: Member, minutes: number | null): Promise<void> {
  const at = minutes === null ? null : sql`now() - make_interval(mins => ${minutes})`
  await db.update(memberSessions).set({ secondFactorAt: at }).where(eq(memberSessions.memberId, memberId))
}

/** Who works here, in the session of this secret. */
export async function staffMemberOf(db: Database, secret: string): Promise<StaffMember> {
  const member = await memberOf(db, secret)
  const [row, factors] = [await findActiveStaff(db, member.memberId), await readFactors(db, member.memberId)]
  if (!row || !factors) throw new Error('does not work here')
  return { ...member, role: row.role, factors, isSetUp: isSetUp(factors) } as unknown as StaffMember
}

/** What an authenticator with this secret shows, so many half minutes from now. */
export function codeOf(secret: string, later = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + later * 30_000 })
}
