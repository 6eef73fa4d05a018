import { and, asc, eq, inArray, isNotNull, lte, sql } from 'drizzle-orm'

import type { AttemptState, CloseReason } from '@/lib/domain/payment'

import type { Queryable, Transaction } from '../client'
import { paymentAttempts } from '../schema/payments'

export type PaymentAttempt = typeof paymentAttempts.$inferSelect
export type NewPaymentAttempt = Omit<typeof paymentAttempts.$inferInsert, 'nextActionAt' | 'holdExpiresAt'>

/**
 * A driver that dies is replaced after this long. It is longer than the calls one drive can make (8 s to look, 15 s to
 * capture, 8 s to look again), so that two drivers do not overlap.
 */
const LEASE = sql`interval '45 seconds'`
/** Stock is held this long for a buyer who is on PayPal's page. */
const HOLD = sql`interval '15 minutes'`
/** A closed attempt is looked at for as long as a lost request could yet take effect at PayPal. */
const WATCH = sql`interval '72 hours'`
const WATCH_EVERY = sql`interval '15 minutes'`

const now = sql`now()`

/** Inserts an attempt in `creating`. The database's clock alone decides about holds, leases and watches. */
export async function insertAttempt(tx: Transaction, attempt: NewPaymentAttempt): Promise<PaymentAttempt> {
  const [row] = await tx
    .insert(paymentAttempts)
    .values({
      ...attempt,
      holdExpiresAt: sql`now() + ${HOLD}`,
      nextActionAt: sql`now() + ${LEASE}`,
    })
    .returning()
  if (!row) throw new Error('the attempt was not inserted')
  return row
}

export async function findAttempt(db: Queryable, id: string): Promise<PaymentAttempt | null> {
  const [row] = await db.select().from(paymentAttempts).where(eq(paymentAttempts.id, id))
  return row ?? null
}

export async function lockAttempt(tx: Transaction, id: string): Promise<PaymentAttempt | null> {
  const [row] = await tx.select().from(paymentAttempts).where(eq(paymentAttempts.id, id)).for('update')
  return row ?? null
}

/** Somebody else's attempt is as missing as one that never was. */
export async function findBuyersAttempt(
  db: Queryable,
  paypalOrderId: string,
  buyerKeyHash: string,
): Promise<PaymentAttempt | null> {
  const [row] = await db
    .select()
    .from(paymentAttempts)
    .where(and(eq(paymentAttempts.paypalOrderId, paypalOrderId), eq(paymentAttempts.buyerKeyHash, buyerKeyHash)))
  return row ?? null
}

/** The cart's unfinished attempt, locked. A partial unique index allows one. */
export async function lockLiveAttempt(tx: Transaction, cartId: string): Promise<PaymentAttempt | null> {
  const [row] = await tx
    .select()
    .from(paymentAttempts)
    .where(
      and(
        eq(paymentAttempts.cartId, cartId),
        inArray(paymentAttempts.state, ['creating', 'created', 'capturing', 'pending']),
      ),
    )
    .for('update')
  return row ?? null
}

/** K2's result. False when the attempt was closed meanwhile. */
export async function recordPayPalOrder(
  tx: Transaction,
  id: string,
  paypalOrderId: string,
  approveUrl: string,
): Promise<boolean> {
  const rows = await tx
    .update(paymentAttempts)
    .set({ state: 'created', paypalOrderId, approveUrl, nextActionAt: sql`now() + interval '45 seconds'`, tries: 0 })
    .where(and(eq(paymentAttempts.id, id), eq(paymentAttempts.state, 'creating')))
    .returning({ id: paymentAttempts.id })
  return rows.length > 0
}

/** K5, the fence: from here on the hold may not end and nobody may close the attempt without a definite answer. */
export async function fenceAttempt(db: Queryable, id: string): Promise<PaymentAttempt | null> {
  const [row] = await db
    .update(paymentAttempts)
    .set({ state: 'capturing', nextActionAt: sql`now() + ${LEASE}`, tries: 0 })
    .where(and(eq(paymentAttempts.id, id), eq(paymentAttempts.state, 'created')))
    .returning()
  return row ?? null
}

/** Takes over a capture whose driver is overdue. Null when somebody is still on it. */
export async function takeOverCapture(db: Queryable, id: string): Promise<PaymentAttempt | null> {
  const [row] = await db
    .update(paymentAttempts)
    .set({ nextActionAt: sql`now() + ${LEASE}`, tries: sql`${paymentAttempts.tries} + 1` })
    .where(
      and(eq(paymentAttempts.id, id), eq(paymentAttempts.state, 'capturing'), lte(paymentAttempts.nextActionAt, now)),
    )
    .returning()
  return row ?? null
}

/** Moves an attempt on; the caller holds its lock. A trigger refuses moves that are not in ATTEMPT_MOVES. */
export async function moveAttempt(
  tx: Transaction,
  id: string,
  change: {
    state: AttemptState
    closeReason?: CloseReason
    lastIssue?: string | null
    captureSeq?: number
    paypalOrderKnown?: boolean
    nextInSeconds?: number
  },
): Promise<void> {
  const { paypalOrderKnown, nextInSeconds, ...columns } = change
  const watched = change.state === 'closed' && paypalOrderKnown === true
  const next = watched
    ? sql`now() + ${WATCH_EVERY}`
    : nextInSeconds === undefined
      ? null
      : sql`now() + make_interval(secs => ${nextInSeconds})`
  await tx
    .update(paymentAttempts)
    .set({ ...columns, nextActionAt: next, ...(watched ? { watchUntil: sql`now() + ${WATCH}` } : {}) })
    .where(eq(paymentAttempts.id, id))
}

/** When to look again at an attempt that stays where it is; `ifState` guards against one that has moved on. */
export async function postponeAttempt(
  db: Queryable,
  id: string,
  ifState: AttemptState,
  seconds: number,
  lastIssue: string | null = null,
): Promise<void> {
  await db
    .update(paymentAttempts)
    .set({ nextActionAt: sql`now() + make_interval(secs => ${seconds})`, lastIssue })
    .where(and(eq(paymentAttempts.id, id), eq(paymentAttempts.state, ifState)))
}

/** A closed attempt is looked at again later, or never more once its watch is over. */
export async function continueWatch(db: Queryable, id: string): Promise<void> {
  await db
    .update(paymentAttempts)
    .set({
      nextActionAt: sql`case when ${paymentAttempts.watchUntil} > now() then now() + ${WATCH_EVERY} end`,
    })
    .where(and(eq(paymentAttempts.id, id), eq(paymentAttempts.state, 'closed')))
}

/** Whether the hold has run out and how long the attempt has existed, by the database's clock. */
export async function readAttemptClock(
  db: Queryable,
  id: string,
): Promise<{ holdExpired: boolean; ageSeconds: number; holdLeftSeconds: number }> {
  const [row] = await db
    .select({
      holdExpired: sql<boolean>`${paymentAttempts.holdExpiresAt} <= now()`,
      holdLeftSeconds: sql<number>`extract(epoch from ${paymentAttempts.holdExpiresAt} - now())::float8`,
      ageSeconds: sql<number>`extract(epoch from now() - ${paymentAttempts.createdAt})::float8`,
    })
    .from(paymentAttempts)
    .where(eq(paymentAttempts.id, id))
  return row ?? { holdExpired: true, holdLeftSeconds: 0, ageSeconds: 0 }
}

/** Due attempts, each leased to the caller. SKIP LOCKED: several workers share the queue without waiting. */
export async function claimDueAttempts(db: Queryable, limit: number): Promise<PaymentAttempt[]> {
  const due = db
    .select({ id: paymentAttempts.id })
    .from(paymentAttempts)
    .where(
      and(
        isNotNull(paymentAttempts.nextActionAt),
        lte(paymentAttempts.nextActionAt, now),
        inArray(paymentAttempts.state, ['creating', 'created', 'capturing', 'pending', 'closed']),
      ),
    )
    .orderBy(asc(paymentAttempts.nextActionAt))
    .limit(limit)
    .for('update', { skipLocked: true })
  return db
    .update(paymentAttempts)
    .set({ nextActionAt: sql`now() + ${LEASE}`, tries: sql`${paymentAttempts.tries} + 1` })
    .where(inArray(paymentAttempts.id, due))
    .returning()
}
