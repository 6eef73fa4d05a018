import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { listCustomerNotes } from '@/db/queries/customer-notes'
import { isGuest } from '@/db/queries/customers'
import type { Customer } from '@/lib/domain/customer'
import { collectMemberData, collectPurchases } from '@/lib/members/export-data'

import { actorOf, type Admin } from '../admin'
import { customerSubject } from './customer-subject'

/**
 * Everything the shop has about a customer who asks for it, with what staff have written about them; null when there is none.
 * What a member can download alone is the same without the notes.
 */
export async function exportCustomer(
  db: Database,
  admin: Admin<'customers.export'>,
  customer: Customer,
): Promise<object | null> {
  const data =
    customer.kind === 'member'
      ? await collectMemberData(db, customer.memberId)
      : (await isGuest(db, customer.email)) && { email: customer.email, ...(await collectPurchases(db, customer)) }
  if (!data) return null
  const notes = await listCustomerNotes(db, customer)
  const subject = customerSubject(customer)
  await inTransaction(db, (tx) =>
    appendAudit(tx, { ...actorOf(admin), action: 'customer.exported', subject, before: null, after: null }),
  )
  return { ...data, notes: notes.map(({ text, writtenAt }) => ({ text, writtenAt })) }
}
