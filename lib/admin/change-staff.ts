import 'server-only'

import { randomUUID } from 'node:crypto'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { voidInvitations, voidInvitationsFrom } from '@/db/queries/member-tokens'
import { findMember } from '@/db/queries/members'
import { revokeOtherSessions } from '@/db/queries/member-sessions'
import {
  clearSecondFactor,
  listStaff,
  lockOwners,
  lockStaff,
  updateStaff,
  type StaffMember,
  type StaffRow,
} from '@/db/queries/staff'
import type { AuditAction } from '@/lib/domain/audit'
import { can, isSetUp, type Role } from '@/lib/domain/staff'
import { queueMail } from '@/lib/mail/queue-mail'

import { actorOf, type Admin } from './admin'

export async function getStaff(db: Database, _admin: Admin<'staff.manage'>): Promise<StaffMember[]> {
  return listStaff(db)
}

export type ChangeStaffOutcome = { readonly kind: 'changed' | 'not_found' | 'last_owner' | 'oneself' }

export async function changeRole(
  db: Database,
  admin: Admin<'staff.manage'>,
  { memberId, role }: { memberId: string; role: Role },
): Promise<ChangeStaffOutcome> {
  return change(db, admin, memberId, 'staff.role_changed', async (tx, row) => {
    if (row.role === 'owner' && role !== 'owner' && (await isLastOwner(tx, memberId))) return { kind: 'last_owner' }
    await updateStaff(tx, memberId, { role })
    if (!can(role, 'staff.manage')) await voidInvitationsFrom(tx, memberId)
    return { before: { role: row.role }, after: { role } }
  })
}

/**
 * From this moment nothing in /admin is there for them, nor by a link that was mailed to them or by them before; their account as a
 * buyer stays.
 */
export async function disableStaff(
  db: Database,
  admin: Admin<'staff.manage'>,
  memberId: string,
): Promise<ChangeStaffOutcome> {
  if (memberId === admin.memberId) return { kind: 'oneself' }
  return change(db, admin, memberId, 'staff.disabled', async (tx, row) => {
    if (row.role === 'owner' && (await isLastOwner(tx, memberId))) return { kind: 'last_owner' }
    await updateStaff(tx, memberId, { disabledAt: new Date() })
    const member = await findMember(tx, memberId)
    if (member) await voidInvitations(tx, member.email)
    await voidInvitationsFrom(tx, memberId)
    return { before: { disabled: row.disabledAt !== null }, after: { disabled: true } }
  })
}

export async function enableStaff(
  db: Database,
  admin: Admin<'staff.manage'>,
  memberId: string,
): Promise<ChangeStaffOutcome> {
  return change(db, admin, memberId, 'staff.enabled', async (tx, row) => {
    await updateStaff(tx, memberId, { disabledAt: null })
    return { before: { disabled: row.disabledAt !== null }, after: { disabled: false } }
  })
}

/**
 * For whoever has lost authenticator and recovery codes, or their passkey: they are signed out everywhere and set up a new one. The
 * passkeys that were one are removed, as whoever has found the device has them.
 */
export async function resetSecondFactor(
  db: Database,
  admin: Admin<'staff.manage'>,
  memberId: string,
): Promise<ChangeStaffOutcome> {
  if (memberId === admin.memberId) return { kind: 'oneself' }
  return change(db, admin, memberId, 'staff.second_factor_reset', async (tx, row) => {
    const factors = { hasTotp: row.totpConfirmedAt !== null, passkeys: await clearSecondFactor(tx, memberId) }
    await revokeOtherSessions(tx, memberId, null)
    const member = factors.passkeys > 0 ? await findMember(tx, memberId) : null
    const mail = { kind: 'way_in_changed', change: 'removed', wayIn: 'a passkey' } as const
    if (member) await queueMail(tx, mail, { to: member.email, about: randomUUID() })
    return { before: { set: isSetUp(factors), ...factors }, after: { set: false } }
  })
}

async function change(
  db: Database,
  admin: Admin<'staff.manage'>,
  memberId: string,
  action: AuditAction,
  act: (tx: Transaction, row: StaffRow) => Promise<ChangeStaffOutcome | { before: unknown; after: unknown }>,
): Promise<ChangeStaffOutcome> {
  return inTransaction(db, async (tx) => {
    // Owners first, in one order, so that two who change each other wait instead of locking each other out.
    await lockOwners(tx)
    const row = await lockStaff(tx, memberId)
    if (!row) return { kind: 'not_found' }
    const done = await act(tx, row)
    if ('kind' in done) return done
    await appendAudit(tx, { ...actorOf(admin), action, subject: `member ${memberId}`, ...done })
    return { kind: 'changed' }
  })
}

async function isLastOwner(tx: Transaction, memberId: string): Promise<boolean> {
  const owners = await lockOwners(tx)
  return owners.length === 1 && owners[0] === memberId
}
