import 'server-only'

import { randomUUID } from 'node:crypto'

import { inTransaction, type Database } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { insertMember, updateMember } from '@/db/queries/members'
import { insertStaff, lockStaff, updateStaff } from '@/db/queries/staff'
import { hashPassword } from '@/lib/members/hash-password'

import { sealTotpSecret } from './totp'

export interface NewOwner {
  /** As `Email` normalises it. */
  readonly email: string
  readonly name: string
  /** Null: they sign in by a mailed link. */
  readonly password: string | null
  /** For a demonstration, whose authenticator is a page; null: they set one up when they first come. */
  readonly totpSecret: string | null
}

/**
 * The first owner, made by whoever runs the server. For an address that works here already it makes them an owner again and,
 * like a locksmith, takes their second factor away.
 */
export async function createOwner(db: Database, owner: NewOwner): Promise<{ readonly kind: 'created' | 'again' }> {
  const passwordHash = owner.password === null ? null : await hashPassword(owner.password)
  const sealed = owner.totpSecret === null ? null : await sealTotpSecret(owner.totpSecret)
  return inTransaction(db, async (tx) => {
    const member = await insertMember(tx, { id: randomUUID(), email: owner.email, name: owner.name, passwordHash })
    if (passwordHash !== null) await updateMember(tx, member.id, { passwordHash })
    const before = await lockStaff(tx, member.id)
    await insertStaff(tx, { memberId: member.id, role: 'owner', invitedBy: null })
    if (sealed !== null) await updateStaff(tx, member.id, { totpSecretSealed: sealed, totpConfirmedAt: new Date() })
    await appendAudit(tx, {
      actorId: null,
      actorEmail: 'the server',
      network: null,
      action: 'staff.created',
      subject: `member ${member.id}`,
      before: before ? { role: before.role, disabled: before.disabledAt !== null } : null,
      after: { role: 'owner', email: owner.email },
    })
    return { kind: before ? 'again' : 'created' }
  })
}
