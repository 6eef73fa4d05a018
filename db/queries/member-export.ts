import { and, asc, eq, isNull, sql } from 'drizzle-orm'

import { DELETION_COOLING_DAYS, DELETION_WAITS_FOR_ORDERS_DAYS } from '@/lib/domain/member'

import type { Database, Queryable, Transaction } from '../client'
import { products } from '../schema/catalog'
import { memberFormerEmails, members, memberSessions, memberTokens, wishListItems } from '../schema/members'
import { orders } from '../schema/orders'
import { paymentAttempts } from '../schema/payments'
import { refunds } from '../schema/refunds'
import { staff } from '../schema/staff'
import { forgetRecipient } from './mail-outbox'

/** The sessions a member has had, for their export. */
export async function listSessionHistory(db: Queryable, memberId: string) {
  return db
    .select({
      method: memberSessions.method,
      device: memberSessions.device,
      network: memberSessions.network,
      createdAt: memberSessions.createdAt,
      lastUsedAt: memberSessions.lastUsedAt,
      revokedAt: memberSessions.revokedAt,
    })
    .from(memberSessions)
    .where(eq(memberSessions.memberId, memberId))
    .orderBy(asc(memberSessions.createdAt))
}

export async function listWishedSlugs(db: Queryable, memberId: string): Promise<string[]> {
  const rows = await db
    .select({ slug: products.slug })
    .from(wishListItems)
    .innerJoin(products, eq(products.id, wishListItems.productId))
    .where(eq(wishListItems.memberId, memberId))
    .orderBy(asc(wishListItems.addedAt))
  return rows.map((row) => row.slug)
}

/** One member whose time to think again is over, whose parcels have arrived and whose payments are settled, locked; null when there is none. */
export async function lockMemberToDelete(tx: Transaction): Promise<{ id: string; email: string } | null> {
  const [row] = await tx
    .select({ id: members.id, email: members.email })
    .from(members)
    .where(
      and(
        sql`${members.deletionRequestedAt} < now() - make_interval(days => ${DELETION_COOLING_DAYS})`,
        sql`not exists (select 1 from ${orders} where ${orders.memberId} = ${members.id} and ${orders.state} not in ('delivered', 'cancelled', 'returned')
          and ${orders.placedAt} > now() - make_interval(days => ${DELETION_WAITS_FOR_ORDERS_DAYS}))`,
        sql`not exists (select 1 from ${paymentAttempts} where ${paymentAttempts.memberId} = ${members.id}
          and (${paymentAttempts.state} in ('creating', 'created', 'capturing', 'pending', 'refunding')
            or (${paymentAttempts.state} = 'closed' and ${paymentAttempts.nextActionAt} is not null)))`,
        sql`not exists (select 1 from ${staff} where ${staff.memberId} = ${members.id} and ${staff.disabledAt} is null)`,
        sql`not exists (select 1 from ${refunds} join ${orders} on ${orders.id} = ${refunds.orderId}
          where ${orders.memberId} = ${members.id} and ${refunds.state} = 'pending')`,
      ),
    )
    .orderBy(asc(members.deletionRequestedAt))
    .limit(1)
    .for('update', { skipLocked: true })
  return row ?? null
}

/** Addresses that were this member's and are nobody else's now. */
async function listFormerEmails(tx: Transaction, memberId: string): Promise<string[]> {
  const rows = await tx
    .select({ email: memberFormerEmails.email })
    .from(memberFormerEmails)
    .leftJoin(members, eq(members.email, memberFormerEmails.email))
    .where(and(eq(memberFormerEmails.memberId, memberId), isNull(members.id)))
  return rows.map(({ email }) => email)
}

/** Ends an account. What hangs on it goes with it; its orders stay, without a name: see `erase_orders_of_member`. */
export async function deleteMember(tx: Transaction, { id, email }: { id: string; email: string }): Promise<void> {
  await tx.execute(sql`select erase_traces_of_member(${id}, ${email})`)
  await tx.execute(sql`select erase_orders_of_member(${id})`)
  for (const address of [email, ...(await listFormerEmails(tx, id))]) {
    await tx.execute(sql`select erase_settled_attempts_of_guest(${address})`)
    await tx.delete(memberTokens).where(eq(memberTokens.email, address))
    await forgetRecipient(tx, address)
  }
  await tx.delete(members).where(eq(members.id, id))
}

export async function hasMemberToDelete(db: Database): Promise<boolean> {
  const [row] = await db
    .select({ one: sql`1` })
    .from(members)
    .where(sql`${members.deletionRequestedAt} < now() - make_interval(days => ${DELETION_COOLING_DAYS})`)
    .limit(1)
  return row !== undefined
}
