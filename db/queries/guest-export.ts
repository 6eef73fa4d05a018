import { and, asc, eq, isNull, sql } from 'drizzle-orm'

import type { Queryable } from '../client'
import { orders } from '../schema/orders'
import { paymentAttempts, paymentCaptures } from '../schema/payments'
import { refunds } from '../schema/refunds'

const isOfGuest = (email: string) => and(isNull(orders.memberId), eq(orders.email, email))
/** As the index on it is written. */
const attemptIsOfGuest = (email: string) =>
  and(isNull(paymentAttempts.memberId), sql`${paymentAttempts.snapshot} ->> 'email' = ${email}`)

export async function listGuestOrderNumbers(db: Queryable, email: string): Promise<string[]> {
  const rows = await db
    .select({ orderNumber: orders.orderNumber })
    .from(orders)
    .where(isOfGuest(email))
    .orderBy(asc(orders.placedAt))
  return rows.map(({ orderNumber }) => orderNumber)
}

/** Payments that a guest began and that became no order. */
export async function listGuestPaymentsWithoutOrder(db: Queryable, email: string) {
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
        attemptIsOfGuest(email),
        sql`not exists (select 1 from ${orders} where ${orders.attemptId} = ${paymentAttempts.id})`,
      ),
    )
    .orderBy(asc(paymentAttempts.createdAt))
}

/** Money that went back to a guest, of an order or of a payment that became none. */
export async function listGuestRefunds(db: Queryable, email: string) {
  return db
    .select({
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
    .where(attemptIsOfGuest(email))
    .orderBy(asc(refunds.createdAt))
}
