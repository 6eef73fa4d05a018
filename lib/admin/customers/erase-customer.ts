import 'server-only'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { isGuest, readCustomerTotals } from '@/db/queries/customers'
import { eraseGuest, findErasureObstacle, type ErasureObstacle } from '@/db/queries/erasure'
import { deleteMember } from '@/db/queries/member-export'
import { findMember, lockMember } from '@/db/queries/members'
import { findActiveStaff } from '@/db/queries/staff'
import type { Customer } from '@/lib/domain/customer'
import { queueMail } from '@/lib/mail/queue-mail'

import { actorOf, type Admin } from '../admin'
import { customerSubject } from './customer-subject'

export type EraseOutcome =
  | { readonly kind: 'erased' }
  | { readonly kind: 'not_found' | 'works_here' }
  /** Something is under way for which the shop must still know who it is. */
  | { readonly kind: 'waits'; readonly for: ErasureObstacle }

/** Whom it is about and what stands in the way at this moment; null when there is no such customer. */
export async function getErasable(
  db: Database,
  _admin: Admin<'customers.erase'>,
  customer: Customer,
): Promise<{ readonly email: string; readonly orders: number; readonly obstacle: ErasureObstacle | null } | null> {
  const email = customer.kind === 'member' ? (await findMember(db, customer.memberId))?.email : customer.email
  if (email === undefined || (customer.kind === 'guest' && !(await isGuest(db, email)))) return null
  const totals = await readCustomerTotals(db, customer)
  const obstacle = await inTransaction(db, (tx) => findErasureObstacle(tx, customer))
  return { email, orders: totals.reduce((sum, { orders }) => sum + orders, 0), obstacle }
}

/**
 * Forgets a customer who has asked for it, at once: the account with all that hangs on it, and who a guest was. Orders stay
 * without a name, because the law asks for the books. It cannot be undone.
 */
export async function eraseCustomer(
  db: Database,
  admin: Admin<'customers.erase'>,
  customer: Customer,
): Promise<EraseOutcome> {
  return inTransaction(db, async (tx): Promise<EraseOutcome> => {
    const refusal =
      customer.kind === 'member' ? await lockToErase(tx, customer.memberId) : await findGuest(tx, customer)
    if (refusal) return { kind: refusal }
    const obstacle = await findErasureObstacle(tx, customer)
    if (obstacle) return { kind: 'waits', for: obstacle }
    await erase(tx, customer)
    const subject = customerSubject(customer)
    await appendAudit(tx, { ...actorOf(admin), action: 'customer.erased', subject, before: null, after: null })
    return { kind: 'erased' }
  })
}

async function lockToErase(tx: Transaction, memberId: string): Promise<'not_found' | 'works_here' | null> {
  if (!(await lockMember(tx, memberId))) return 'not_found'
  return (await findActiveStaff(tx, memberId)) ? 'works_here' : null
}

async function findGuest(
  tx: Transaction,
  { email }: Extract<Customer, { kind: 'guest' }>,
): Promise<'not_found' | null> {
  return (await isGuest(tx, email)) ? null : 'not_found'
}

async function erase(tx: Transaction, customer: Customer): Promise<void> {
  if (customer.kind === 'guest') return eraseGuest(tx, customer.email)
  const member = await lockMember(tx, customer.memberId)
  if (!member) return
  await deleteMember(tx, member)
  await queueMail(tx, { kind: 'account_deleted' }, { to: member.email, about: member.id })
}
