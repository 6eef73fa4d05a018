import { and, asc, eq, lt, sql } from 'drizzle-orm'

import { ABANDONED_DAYS } from '@/lib/domain/attempt-snapshot'

import type { Database, Queryable } from '../client'
import { paymentIncidents } from '../schema/incidents'
import { paymentAttempts } from '../schema/payments'
import type { PaymentAttempt } from './payment-attempts'

/** Closed, nobody looks at it any more, and it still tells who it was. */
const ERASABLE = sql`${paymentAttempts.state} = 'closed' and ${paymentAttempts.erasedAt} is null and ${paymentAttempts.nextActionAt} is null`

/**
 * Payments of which nothing has come for `ABANDONED_DAYS`, and that nobody has looked at for a day: neither watched, nor the
 * subject of an open incident, nor asked about in vain a moment ago.
 */
export async function findAttemptsToErase(db: Queryable, limit: number): Promise<PaymentAttempt[]> {
  return db
    .select()
    .from(paymentAttempts)
    .where(
      and(
        ERASABLE,
        lt(paymentAttempts.createdAt, sql`now() - make_interval(days => ${ABANDONED_DAYS})`),
        lt(paymentAttempts.updatedAt, sql`now() - interval '1 day'`),
        sql`not exists (select 1 from ${paymentIncidents}
          where ${paymentIncidents.attemptId} = ${paymentAttempts.id} and ${paymentIncidents.resolvedAt} is null)`,
      ),
    )
    .orderBy(asc(paymentAttempts.updatedAt))
    .limit(limit)
}

/** Takes name and address out of a closed attempt; false when somebody has woken it meanwhile. */
export async function eraseAttempt(db: Database, id: string): Promise<boolean> {
  const rows = await db
    .update(paymentAttempts)
    .set({ snapshot: sql`erased_snapshot(${paymentAttempts.snapshot})` })
    .where(and(eq(paymentAttempts.id, id), ERASABLE))
    .returning({ id: paymentAttempts.id })
  return rows.length > 0
}

/** Why an attempt that is over could not be looked at. */
export async function noteIssue(db: Queryable, id: string, lastIssue: string): Promise<void> {
  await db
    .update(paymentAttempts)
    .set({ lastIssue })
    .where(and(eq(paymentAttempts.id, id), ERASABLE))
}
