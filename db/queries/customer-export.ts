import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'

import type { Customer } from '@/lib/domain/customer'

import type { Queryable } from '../client'
import { orders } from '../schema/orders'
import { paymentAttempts, paymentCaptures } from '../schema/payments'
import { refunds } from '../schema/refunds'

export async function listOrderNumbersOf(db: Queryable, customer: Customer): Promise<string[]> {
  const rows = await db
    .select({ orderNumber: orders.orderNumber })
    .from(orders)
    .where(
      customer.kind === 'member'
        ? eq(orders.memberId, customer.memberId)
        : and(isNull(orders.memberId), eq(orders.email, customer.email)),
    )
    .orderBy(asc(orders.placedAt))
  return rows.map(({ orderNumber }) => orderNumber)
}

/** Payments that a customer began and that became no order. */
export async function listPaymentsWithoutOrderOf(db: Queryable, customer: Customer) {
  return db
    .select({
      createdAt: paymentAttempts.createdAt,
      state: paymentAttempts.state,
      closeReason: paymentAttempts.closeReason,
      paypalOrderId: paymentAttempts.paypalOrderId,
      cart: paymentAttempts.snapshot,
    })
    .from(paymentAttempts)
    .where(
      and(
        customer.kind === 'member' ? attemptIsOfMember(customer.memberId) : attemptIsOfGuest(customer.email),
        sql`not exists (select 1 from ${orders} where ${orders.attemptId} = ${paymentAttempts.id})`,
      ),
    )
    .orderBy(asc(paymentAttempts.createdAt))
}

/** Money that went back to a customer, of an order or of a payment that became none. An order counts as theirs who has it now. */
export async function listRefundsOf(db: Queryable, customer: Customer) {
  return db
    .select({
      orderNumber: orders.orderNumber,
      amountMinor: refunds.amountMinor,
      currency: refunds.currency,
      reason: refunds.reason,
      state: refunds.state,
      noteToPayer: refunds.noteToPayer,
      createdAt: refunds.createdAt,
      completedAt: refunds.completedAt,
    })
    .from(refunds)
    .innerJoin(paymentCaptures, eq(paymentCaptures.paypalCaptureId, refunds.paypalCaptureId))
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, paymentCaptures.attemptId))
    .leftJoin(orders, eq(orders.attemptId, paymentAttempts.id))
    .where(
      customer.kind === 'member'
        ? sql`coalesce(${orders.memberId}, ${paymentAttempts.memberId}) = ${customer.memberId}`
        : and(isNull(orders.memberId), attemptIsOfGuest(customer.email)),
    )
    .orderBy(asc(refunds.createdAt))
}

/** What was begun with a member's proved address without signing in is theirs as well. */
function attemptIsOfMember(memberId: string) {
  return or(
    eq(paymentAttempts.memberId, memberId),
    and(
      isNull(paymentAttempts.memberId),
      sql`${paymentAttempts.snapshot} ->> 'email' in (
        select email from members where members.id = ${memberId} and members.email_verified_at is not null
        union select f.email from member_former_emails f where f.member_id = ${memberId}
          and not exists (select 1 from members o where o.email = f.email))`,
    ),
  )
}

/** As the index on it is written. */
function attemptIsOfGuest(email: string) {
  return and(isNull(paymentAttempts.memberId), sql`${paymentAttempts.snapshot} ->> 'email' = ${email}`)
}
