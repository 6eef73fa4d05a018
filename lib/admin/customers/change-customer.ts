import 'server-only'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { insertCustomerNote } from '@/db/queries/customer-notes'
import { isGuest } from '@/db/queries/customers'
import { revokeOtherSessions } from '@/db/queries/member-sessions'
import { lockMember, setMemberDisabled, type MemberRow } from '@/db/queries/members'
import { findActiveStaff } from '@/db/queries/staff'
import type { AuditAction } from '@/lib/domain/audit'
import type { Customer } from '@/lib/domain/customer'

import { actorOf, type Admin } from '../admin'
import { customerSubject } from './customer-subject'

/** Of a customer who is there. What it says is not in the audit log: it must stay erasable. */
export async function noteCustomer(
  db: Database,
  admin: Admin<'customers.edit'>,
  { customer, text }: { customer: Customer; text: string },
): Promise<{ readonly kind: 'noted' | 'not_found' }> {
  return inTransaction(db, async (tx) => {
    const isThere =
      customer.kind === 'member'
        ? (await lockMember(tx, customer.memberId)) !== null
        : await isGuest(tx, customer.email)
    if (!isThere) return { kind: 'not_found' }
    await insertCustomerNote(tx, customer, { text, authorEmail: admin.email })
    const subject = customerSubject(customer)
    await appendAudit(tx, { ...actorOf(admin), action: 'customer.noted', subject, before: null, after: null })
    return { kind: 'noted' }
  })
}

/** `works_here`: who may work in the shop is decided on another page, by an owner. */
export type ChangeMemberOutcome = { readonly kind: 'changed' } | { readonly kind: 'not_found' | 'works_here' }

/** Closes an account: every session ends at once, and no way in opens it. Orders, also those under way, stay as they are. */
export async function disableMember(
  db: Database,
  admin: Admin<'customers.edit'>,
  memberId: string,
): Promise<ChangeMemberOutcome> {
  return change(db, admin, memberId, 'customer.disabled', async (tx, { disabledAt }) => {
    await setMemberDisabled(tx, memberId, true)
    await revokeOtherSessions(tx, memberId, null)
    return { before: { disabled: disabledAt !== null }, after: { disabled: true } }
  })
}

/** Whoever was signed in signs in anew. */
export async function enableMember(
  db: Database,
  admin: Admin<'customers.edit'>,
  memberId: string,
): Promise<ChangeMemberOutcome> {
  return change(db, admin, memberId, 'customer.enabled', async (tx, { disabledAt }) => {
    await setMemberDisabled(tx, memberId, false)
    return { before: { disabled: disabledAt !== null }, after: { disabled: false } }
  })
}

/** For whoever has left a device somewhere and asks. */
export async function endSessions(
  db: Database,
  admin: Admin<'customers.edit'>,
  memberId: string,
): Promise<ChangeMemberOutcome> {
  return change(db, admin, memberId, 'customer.signed_out', async (tx) => {
    await revokeOtherSessions(tx, memberId, null)
    return { before: null, after: null }
  })
}

async function change(
  db: Database,
  admin: Admin<'customers.edit'>,
  memberId: string,
  action: AuditAction,
  act: (tx: Transaction, row: MemberRow) => Promise<{ before: unknown; after: unknown }>,
): Promise<ChangeMemberOutcome> {
  return inTransaction(db, async (tx) => {
    const row = await lockMember(tx, memberId)
    if (!row) return { kind: 'not_found' }
    if (await findActiveStaff(tx, memberId)) return { kind: 'works_here' }
    const done = await act(tx, row)
    const subject = customerSubject({ kind: 'member', memberId })
    await appendAudit(tx, { ...actorOf(admin), action, subject, ...done })
    return { kind: 'changed' }
  })
}
