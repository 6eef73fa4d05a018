import { eq, sql } from 'drizzle-orm'

import { inTransaction, type Database } from '@/db/client'
import { insertStaff, updateStaff } from '@/db/queries/staff'
import { memberSessions } from '@/db/schema/members'
import { makeTotpSecret, sealTotpSecret } from '@/lib/admin/totp'
import type { Role } from '@/lib/domain/staff'
import type { Member } from '@/lib/members/member'

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
