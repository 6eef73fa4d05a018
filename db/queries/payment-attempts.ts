import { and, asc, eq, inArray, isNotNull, isNull, lte, sql, type SQL } from 'drizzle-orm'

import { HOLDING_STATES, type AttemptState, type CloseReason } from '@/lib/domain/payment'
import { FENCED_FROM, RECORDS_PAYPAL_ORDER_IN, SWEPT_STATES, WOKEN_STATES } from '@/lib/domain/payment-driver'

import type { Queryable, Transaction } from '../client'
import { paymentAttempts } from '../schema/payments'
import { oldestFirst } from './oldest-first'

export type PaymentAttempt = typeof paymentAttempts.$inferSelect
export type NewPaymentAttempt = Omit<typeof paymentAttempts.$inferInsert, 'nextActionAt' | 'holdExpiresAt'>

/**
 * A driver that dies is replaced after this long. It is longer than the calls one drive can make (8 s to look, 15 s to
 * capture, 8 s to look again), so that two drivers do not overlap.
 */
export const LEASE = sql`interval '45 seconds'`
/** Stock is held this long for a buyer who is on PayPal's page. */
const HOLD = sql`interval '15 minutes'`
/** A closed attempt is looked at for as long as a lost request could yet take effect at PayPal. */
export const WATCH = sql`interval '72 hours'`
export const WATCH_EVERY = sql`interval '15 minutes'`

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

/**
 * An attempt whose row was lost, as PayPal's order shows it: closed, but watched, so that whoever looks next decides between
 * an order and a refund. Null when there is one of this id, or of this PayPal order, after all.
 */
export async function insertRebuiltAttempt(
  tx: Transaction,
  attempt: Omit<NewPaymentAttempt, 'state' | 'closeReason'> & { readonly paypalOrderId: string | null },
): Promise<PaymentAttempt | null> {
  const [row] = await tx
    .insert(paymentAttempts)
    .values({
      ...attempt,
      state: 'closed',
      closeReason: 'rebuilt',
      holdExpiresAt: now,
      nextActionAt: sql`now() + ${LEASE}`,
      watchUntil: sql`now() + ${WATCH}`,
    })
    .onConflictDoNothing()
    .returning()
  return row ?? null
}

export async function findAttempt(db: Queryable, id: string): Promise<PaymentAttempt | null> {
  const [row] = await db.select().from(paymentAttempts).where(eq(paymentAttempts.id, id))
  return row ?? null
}

export async function lockAttempt(tx: Transaction, id: string): Promise<PaymentAttempt | null> {
  const [row] = await tx.select().from(paymentAttempts).where(eq(paymentAttempts.id, id)).for('update')
  return row ?? null
}

/** The attempt that a PayPal order was made for, locked. */
export async function lockAttemptOfPayPalOrder(tx: Transaction, paypalOrderId: string): Promise<PaymentAttempt | null> {
  const [row] = await tx
    .select()
    .from(paymentAttempts)
    .where(eq(paymentAttempts.paypalOrderId, paypalOrderId))
    .for('update')
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
    .where(and(eq(paymentAttempts.cartId, cartId), inArray(paymentAttempts.state, HOLDING_STATES)))
    .for('update')
  return row ?? null
}

/** The cart's attempt whose capture PayPal reviews. */
export async function findReviewedAttempt(db: Queryable, cartId: string): Promise<PaymentAttempt | null> {
  const [row] = await db
    .select()
    .from(paymentAttempts)
    .where(and(eq(paymentAttempts.cartId, cartId), eq(paymentAttempts.state, 'pending')))
  return row ?? null
}

/** K2's result. False when the attempt was closed meanwhile. */
export async function recordPayPalOrder(
  tx: Transaction,
  id: string,
  paypalOrderId: string,
  approveUrl: string | null,
): Promise<boolean> {
  const rows = await tx
    .update(paymentAttempts)
    .set({ state: 'created', paypalOrderId, approveUrl, nextActionAt: sql`now() + interval '45 seconds'`, tries: 0 })
    .where(and(eq(paymentAttempts.id, id), inArray(paymentAttempts.state, RECORDS_PAYPAL_ORDER_IN)))
    .returning({ id: paymentAttempts.id })
  return rows.length > 0
}

/**
 * The PayPal order of an attempt that does not know it: the answer was lost, or the row is from a backup. The caller holds the
 * attempt's lock.
 */
export async function learnPayPalOrder(tx: Transaction, id: string, paypalOrderId: string): Promise<void> {
  const current = sql`case when ${paymentAttempts.state} = 'creating' then 'created' else ${paymentAttempts.state} end`
  await tx
    .update(paymentAttempts)
    .set({ paypalOrderId, state: current, nextActionAt: now, watchUntil: sql`now() + ${WATCH}` })
    .where(and(eq(paymentAttempts.id, id), isNull(paymentAttempts.paypalOrderId)))
}

/** Has the worker look at an attempt now, whatever state it is in. */
export async function wakeAttempt(db: Queryable, id: string): Promise<void> {
  await db
    .update(paymentAttempts)
    .set({ nextActionAt: now, watchUntil: sql`now() + ${WATCH}` })
    .where(
      and(
        eq(paymentAttempts.id, id),
        isNotNull(paymentAttempts.paypalOrderId),
        inArray(paymentAttempts.state, WOKEN_STATES),
      ),
    )
}

/** K5, the fence: from here on the hold may not end and nobody may close the attempt without a definite answer. */
export async function fenceAttempt(db: Queryable, id: string): Promise<PaymentAttempt | null> {
  const [row] = await db
    .update(paymentAttempts)
    .set({ state: 'capturing', nextActionAt: sql`now() + ${LEASE}`, tries: 0 })
    .where(and(eq(paymentAttempts.id, id), inArray(paymentAttempts.state, FENCED_FROM)))
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
    isDecline?: boolean
    paypalOrderKnown?: boolean
    pendingCaptureId?: string
    nextInSeconds?: number
  },
): Promise<void> {
  const { isDecline, paypalOrderKnown, nextInSeconds, ...columns } = change
  const watched = change.state === 'closed' && paypalOrderKnown === true
  const next = watched
    ? sql`now() + ${WATCH_EVERY}`
    : nextInSeconds === undefined
      ? null
      : sql`now() + make_interval(secs => ${nextInSeconds})`
  await tx
    .update(paymentAttempts)
    .set({
      ...columns,
      nextActionAt: next,
      ...(watched ? { watchUntil: sql`now() + ${WATCH}` } : {}),
      ...(isDecline ? { declinedAt: now } : {}),
    })
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

/** In which order what is under way is taken: where money may have moved, then where stock is held for nobody any more. */
const URGENCY = sql`case when ${paymentAttempts.state} = 'capturing' then 0
  when ${paymentAttempts.state} in ('creating', 'created') and ${paymentAttempts.holdExpiresAt} <= now() then 1 else 2 end`

/**
 * Due attempts, each leased to the caller; what is closed and only watched comes after all that is under way, however long it has
 * waited.
 */
export async function claimDueAttempts(db: Queryable, limit: number): Promise<PaymentAttempt[]> {
  const underWay = await claimDue(db, limit, sql`state <> 'closed'`, [asc(URGENCY)])
  if (underWay.length >= limit) return underWay
  return [...underWay, ...(await claimDue(db, limit - underWay.length, sql`state = 'closed'`, []))]
}

/** SKIP LOCKED: several workers share the queue without waiting. */
async function claimDue(db: Queryable, limit: number, which: SQL, first: readonly SQL[]): Promise<PaymentAttempt[]> {
  const due = db
    .select({ id: paymentAttempts.id })
    .from(paymentAttempts)
    .where(
      and(
        isNotNull(paymentAttempts.nextActionAt),
        lte(paymentAttempts.nextActionAt, now),
        inArray(paymentAttempts.state, SWEPT_STATES),
        which,
      ),
    )
    .orderBy(...first, asc(paymentAttempts.nextActionAt), asc(paymentAttempts.id))
    .limit(limit)
    .for('update', { skipLocked: true })
  const claimed = await db
    .update(paymentAttempts)
    .set({ nextActionAt: sql`now() + ${LEASE}`, tries: sql`${paymentAttempts.tries} + 1` })
    .where(inArray(paymentAttempts.id, due))
    .returning()
  return oldestFirst(claimed)
}
