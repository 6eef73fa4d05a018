import { eq } from 'drizzle-orm'

import type { Queryable, Transaction } from '../client'
import { paymentAttempts, paymentCaptures } from '../schema/payments'

export type PaymentCapture = typeof paymentCaptures.$inferSelect

export async function hasCapture(tx: Transaction, attemptId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: paymentCaptures.paypalCaptureId })
    .from(paymentCaptures)
    .where(eq(paymentCaptures.attemptId, attemptId))
  return rows.length > 0
}

export async function insertCapture(tx: Transaction, capture: typeof paymentCaptures.$inferInsert): Promise<void> {
  await tx.insert(paymentCaptures).values(capture)
}

/** A capture with the PayPal order of its attempt, if that has one to itself; null when it is not ours. */
export async function findCapture(
  db: Queryable,
  paypalCaptureId: string,
): Promise<(PaymentCapture & { paypalOrderId: string | null }) | null> {
  const [row] = await db
    .select({ capture: paymentCaptures, paypalOrderId: paymentAttempts.paypalOrderId })
    .from(paymentCaptures)
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, paymentCaptures.attemptId))
    .where(eq(paymentCaptures.paypalCaptureId, paypalCaptureId))
  return row ? { ...row.capture, paypalOrderId: row.paypalOrderId } : null
}

export async function findCaptureOfAttempt(db: Queryable, attemptId: string): Promise<PaymentCapture | null> {
  const [row] = await db.select().from(paymentCaptures).where(eq(paymentCaptures.attemptId, attemptId))
  return row ?? null
}

/** Everything that decides about refunds of a capture holds this lock. */
export async function lockCapture(tx: Transaction, paypalCaptureId: string): Promise<PaymentCapture | null> {
  const [row] = await tx
    .select()
    .from(paymentCaptures)
    .where(eq(paymentCaptures.paypalCaptureId, paypalCaptureId))
    .for('update')
  return row ?? null
}
