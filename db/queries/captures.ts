import { and, asc, eq, inArray, isNotNull, lte, sql } from 'drizzle-orm'

import type { RefundReason } from '@/lib/domain/payment'

import type { Queryable, Transaction } from '../client'
import { paymentCaptures, refunds } from '../schema/payments'

export type Refund = typeof refunds.$inferSelect

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

/** An automatic refund, due at once. At most one for each capture. */
export async function insertRefund(
  tx: Transaction,
  refund: { id: string; paypalCaptureId: string; amountMinor: number; currency: string; reason: RefundReason },
): Promise<void> {
  await tx.insert(refunds).values({ ...refund, state: 'pending', nextActionAt: sql`now()` })
}

const LEASE = sql`interval '45 seconds'`

/** Refunds that are due, leased to the caller. */
export async function claimDueRefunds(db: Queryable, limit: number): Promise<Refund[]> {
  const due = db
    .select({ id: refunds.id })
    .from(refunds)
    .where(and(isNotNull(refunds.nextActionAt), lte(refunds.nextActionAt, sql`now()`)))
    .orderBy(asc(refunds.nextActionAt))
    .limit(limit)
    .for('update', { skipLocked: true })
  return db
    .update(refunds)
    .set({ nextActionAt: sql`now() + ${LEASE}`, tries: sql`${refunds.tries} + 1` })
    .where(inArray(refunds.id, due))
    .returning()
}

/** The refund and the attempt it belongs to come to their end. `manual` needs a person. */
export async function finishRefund(
  tx: Transaction,
  id: string,
  end: { state: 'completed' | 'manual'; paypalRefundId: string | null; lastIssue: string | null },
): Promise<{ attemptId: string } | null> {
  const [row] = await tx
    .update(refunds)
    .set({ ...end, nextActionAt: null })
    .where(and(eq(refunds.id, id), eq(refunds.state, 'pending')))
    .returning({ paypalCaptureId: refunds.paypalCaptureId })
  if (!row) return null
  const [capture] = await tx
    .select({ attemptId: paymentCaptures.attemptId })
    .from(paymentCaptures)
    .where(eq(paymentCaptures.paypalCaptureId, row.paypalCaptureId))
  return capture ?? null
}

export async function postponeRefund(db: Queryable, id: string, seconds: number, lastIssue: string): Promise<void> {
  await db
    .update(refunds)
    .set({ nextActionAt: sql`now() + make_interval(secs => ${seconds})`, lastIssue })
    .where(and(eq(refunds.id, id), eq(refunds.state, 'pending')))
}
