import { and, eq, sql } from 'drizzle-orm'

import type { Queryable, Transaction } from '../client'
import { paymentAttempts } from '../schema/payments'
import { WATCH, WATCH_EVERY } from './payment-attempts'

/**
 * How soon it is looked at again: often while PayPal still knows the request keys of an order, six hours, and the less the longer
 * nothing has come. Most closed attempts are of buyers who left, and each look is a call.
 */
const WATCH_AGAIN = sql`case when ${paymentAttempts.watchUntil} > now() + interval '66 hours' then ${WATCH_EVERY}
  when ${paymentAttempts.watchUntil} > now() + interval '48 hours' then interval '1 hour' else interval '6 hours' end`

/** A closed attempt is looked at again later, or never more once its watch is over. */
export async function continueWatch(db: Queryable, id: string): Promise<void> {
  await db
    .update(paymentAttempts)
    .set({
      nextActionAt: sql`case when ${paymentAttempts.watchUntil} > now() then now() + ${WATCH_AGAIN} end`,
    })
    .where(and(eq(paymentAttempts.id, id), eq(paymentAttempts.state, 'closed')))
}

/** PayPal has yet to decide on money of a closed attempt: that is waited for, however long it takes. */
export async function watchPendingCapture(tx: Transaction, id: string, pendingCaptureId: string): Promise<void> {
  await tx
    .update(paymentAttempts)
    .set({ pendingCaptureId, watchUntil: sql`now() + ${WATCH}` })
    .where(and(eq(paymentAttempts.id, id), eq(paymentAttempts.state, 'closed')))
}

/** Whether the last look at an attempt has ended in an error of our own, whatever state it is in. */
export async function noteFailing(db: Queryable, id: string, isFailing: boolean): Promise<void> {
  await db
    .update(paymentAttempts)
    .set({ failingSince: isFailing ? sql`coalesce(${paymentAttempts.failingSince}, now())` : null })
    .where(eq(paymentAttempts.id, id))
}
