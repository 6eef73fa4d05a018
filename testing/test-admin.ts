import { randomUUID } from 'node:crypto'

import { inTransaction, type Database } from '@/db/client'
import { insertMember } from '@/db/queries/members'
import { insertStaff } from '@/db/queries/staff'
import type { Admin } from '@/lib/admin/admin'
import { can, type Permission, type Role } from '@/lib/domain/staff'

/** Somebody who works here, past both doors: tests of verbs begin behind them. */
export async function newAdmin<P extends Permission>(db: Database, role: Role, permission: P): Promise<Admin<P>> {
  if (!can(role, permission)) throw new Error(`a ${role} has no ${permission}`)
  const email = `${role}-${randomUUID().slice(0, 8)}@shop.example`
  const member = await inTransaction(db, async (tx) => {
    const row = await insertMember(tx, { id: randomUUID(), email, name: role, passwordHash: null })
    await insertStaff(tx, { memberId: row.id, role, invitedBy: null })
    return row
  })
  return { memberId: member.id, sessionId: randomUUID(), email, name: role, role, network: null } as unknown as Admin<P>
}
