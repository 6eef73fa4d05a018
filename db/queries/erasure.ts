import { and, eq, isNull, sql } from 'drizzle-orm'

import type { Customer } from '@/lib/domain/customer'
import { DELETION_WAITS_FOR_ORDERS_DAYS } from '@/lib/domain/member'

import type { Transaction } from '../client'
import { memberTokens } from '../schema/members'
import { deleteNotesOfGuest } from './customer-notes'
import { forgetRecipient } from './mail-outbox'

/** What must come to an end before somebody can be forgotten. */
export type ErasureObstacle = 'parcels' | 'payments'

/** An address is needed until the parcel has arrived, and a name until the money is settled. */
export async function findErasureObstacle(tx: Transaction, customer: Customer): Promise<ErasureObstacle | null> {
  const isMember = customer.kind === 'member'
  const ofOrders = isMember
    ? sql`o.member_id = ${customer.memberId}`
    : sql`o.member_id is null and o.email = ${customer.email}`
  const ofAttempts = isMember
    ? sql`a.member_id = ${customer.memberId}`
    : sql`a.member_id is null and a.snapshot ->> 'email' = ${customer.email}`
  const { rows } = await tx.execute<{ parcels: boolean; payments: boolean }>(sql`select
    exists (select 1 from orders o where ${ofOrders} and o.state not in ('delivered', 'cancelled', 'returned')
      and o.placed_at > now() - make_interval(days => ${DELETION_WAITS_FOR_ORDERS_DAYS})) as parcels,
    exists (select 1 from payment_attempts a where ${ofAttempts}
      and (a.state in ('creating', 'created', 'capturing', 'pending', 'refunding')
        or (a.state = 'closed' and a.next_action_at is not null)))
    or exists (select 1 from refunds r join orders o on o.id = r.order_id where ${ofOrders} and r.state = 'pending') as payments`)
  const [found] = rows
  return found?.parcels ? 'parcels' : found?.payments ? 'payments' : null
}

/** Forgets who a guest was; the orders stay, without a name: see `erase_guest`. */
export async function eraseGuest(tx: Transaction, email: string): Promise<void> {
  await tx.execute(sql`select erase_guest(${email})`)
  await tx.delete(memberTokens).where(and(eq(memberTokens.email, email), isNull(memberTokens.memberId)))
  await deleteNotesOfGuest(tx, email)
  await forgetRecipient(tx, email)
}
