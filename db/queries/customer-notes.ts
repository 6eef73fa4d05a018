import { desc, eq } from 'drizzle-orm'

import type { Customer } from '@/lib/domain/customer'

import type { Queryable, Transaction } from '../client'
import { customerNotes } from '../schema/members'

const isAbout = (customer: Customer) =>
  customer.kind === 'member' ? eq(customerNotes.memberId, customer.memberId) : eq(customerNotes.email, customer.email)

/** The newest first. */
export async function listCustomerNotes(db: Queryable, customer: Customer) {
  return db
    .select({
      id: customerNotes.id,
      text: customerNotes.text,
      authorEmail: customerNotes.authorEmail,
      writtenAt: customerNotes.writtenAt,
    })
    .from(customerNotes)
    .where(isAbout(customer))
    .orderBy(desc(customerNotes.id))
}

export async function insertCustomerNote(
  tx: Transaction,
  customer: Customer,
  note: { text: string; authorEmail: string },
): Promise<void> {
  await tx.insert(customerNotes).values({
    ...note,
    memberId: customer.kind === 'member' ? customer.memberId : null,
    email: customer.kind === 'guest' ? customer.email : null,
  })
}

/** Those about a guest's address; those about a member go with the account. */
export async function deleteNotesOfGuest(tx: Transaction, email: string): Promise<void> {
  await tx.delete(customerNotes).where(eq(customerNotes.email, email))
}
