import { and, asc, eq, inArray, isNotNull, isNull, sql, type Column, type SQL } from 'drizzle-orm'

import type { IncidentKind, IncidentResolution } from '@/lib/domain/payment-incident'

import type { Queryable, Transaction } from '../client'
import { disputes } from '../schema/disputes'
import { paymentIncidents } from '../schema/incidents'

export type PaymentIncident = typeof paymentIncidents.$inferSelect

interface NewIncident {
  readonly kind: IncidentKind
  /** What the finding is about; with the kind it makes the key. */
  readonly subject: string
  readonly paypalCaptureId?: string | null
  readonly paypalOrderId?: string | null
  readonly attemptId?: string | null
  readonly orderId?: string | null
  readonly amountMinor?: number | null
  readonly currency?: string | null
  readonly details?: Record<string, string | number | boolean | null>
}

/** What an incident says, without the words in which it is said: an update may change these. */
const said = (details: SQL | Column) => sql`(${details} - array['claim', 'reason', 'meaning'])`

/** Such an incident is what it says, and says all of it each time. */
const isWhatItSays = sql`(${paymentIncidents.kind} in ('invariant_violated', 'order_without_money', 'amount_differs', 'money_unexplained'))`

const cameAgain = (details: SQL | Column) => sql`coalesce((${details} ->> 'cameAgainMinor')::bigint, 0)`

/**
 * Whoever ignores an incident that is what it says has judged exactly that; or a refused refund, while just so much had come again
 * from a bank. The other kinds are about a thing that stays the same, and say with it how often it was tried or who has told of it.
 */
const isOtherThanIgnored = sql`(${paymentIncidents.resolution} is not distinct from 'ignored' and case
  when ${isWhatItSays} then ${said(paymentIncidents.details)} <> ${said(sql`excluded.details`)}
    or ${paymentIncidents.amountMinor} is distinct from excluded.amount_minor
    or ${paymentIncidents.currency} is distinct from excluded.currency
  else ${paymentIncidents.kind} = 'refund_refused'
    and ${cameAgain(paymentIncidents.details)} <> ${cameAgain(sql`excluded.details`)} end)`

/** A refund that was sent again and refused again is news as well. */
const isOverForNow = sql`(${paymentIncidents.resolution} is not distinct from 'settled'
  or (${paymentIncidents.kind} = 'refund_refused' and ${paymentIncidents.resolution} is not distinct from 'refunded')
  or ${isOtherThanIgnored})`

const isOpen = sql`(${paymentIncidents.resolution} is null)`

/** While nobody has decided, an incident says what is so by now. Who looks from another side does not know less for that. */
const detailsByNow = sql`case
  when ${isOverForNow} or (${isOpen} and ${isWhatItSays}) then excluded.details
  when ${isOpen} then ${paymentIncidents.details} || jsonb_strip_nulls(excluded.details)
  else ${paymentIncidents.details} end`

const byNow = (column: Column, found: SQL) =>
  sql`case when ${isOverForNow} then ${found} when ${isOpen} then coalesce(${found}, ${column}) else ${column} end`

/**
 * Raises an incident once. True when it is new, wrong again after it had settled, or wrong otherwise than somebody has ignored.
 * One that is open is brought up to date, one that a person has decided is only seen again.
 */
export async function raiseIncident(db: Queryable, incident: NewIncident): Promise<boolean> {
  const { subject, ...columns } = incident
  const rows = await db
    .insert(paymentIncidents)
    .values({ ...columns, key: `${incident.kind}:${subject}` })
    .onConflictDoUpdate({
      target: paymentIncidents.key,
      set: {
        lastSeenAt: sql`now()`,
        openedAt: sql`case when ${isOverForNow} then now() else ${paymentIncidents.openedAt} end`,
        details: detailsByNow,
        amountMinor: byNow(paymentIncidents.amountMinor, sql`excluded.amount_minor`),
        currency: byNow(paymentIncidents.currency, sql`excluded.currency`),
        attemptId: byNow(paymentIncidents.attemptId, sql`excluded.attempt_id`),
        orderId: byNow(paymentIncidents.orderId, sql`excluded.order_id`),
        resolution: sql`case when ${isOverForNow} then null else ${paymentIncidents.resolution} end`,
        resolvedAt: sql`case when ${isOverForNow} then null else ${paymentIncidents.resolvedAt} end`,
        resolvedBy: sql`case when ${isOverForNow} then null else ${paymentIncidents.resolvedBy} end`,
      },
    })
    .returning({ isNew: sql<boolean>`${paymentIncidents.lastSeenAt} = ${paymentIncidents.openedAt}` })
  return rows[0]?.isNew ?? false
}

/** Tells what has gone back of a capture by now, wherever an open incident says so. */
export async function refreshGoneBack(tx: Transaction, paypalCaptureId: string, goneBackMinor: number): Promise<void> {
  await tx
    .update(paymentIncidents)
    .set({ details: sql`${paymentIncidents.details} || jsonb_build_object('goneBackMinor', ${goneBackMinor}::bigint)` })
    .where(
      and(
        eq(paymentIncidents.paypalCaptureId, paypalCaptureId),
        isNull(paymentIncidents.resolvedAt),
        sql`${paymentIncidents.details} ? 'goneBackMinor'`,
      ),
    )
}

export async function findIncident(db: Queryable, id: string): Promise<PaymentIncident | null> {
  const [row] = await db.select().from(paymentIncidents).where(eq(paymentIncidents.id, id))
  return row ?? null
}

/** Open ones of some kinds, oldest first. */
export async function listOpenIncidents(db: Queryable, kinds: readonly IncidentKind[]): Promise<PaymentIncident[]> {
  return db
    .select()
    .from(paymentIncidents)
    .where(and(isNull(paymentIncidents.resolvedAt), inArray(paymentIncidents.kind, [...kinds])))
    .orderBy(asc(paymentIncidents.openedAt), asc(paymentIncidents.id))
}

/** Violated invariants that somebody has ignored. */
export async function listIgnoredViolations(db: Queryable): Promise<PaymentIncident[]> {
  return db
    .select()
    .from(paymentIncidents)
    .where(and(eq(paymentIncidents.kind, 'invariant_violated'), eq(paymentIncidents.resolution, 'ignored')))
}

/** What was ignored is gone: should the same come again, it is news. */
export async function settleIgnored(db: Queryable, id: string): Promise<void> {
  await db
    .update(paymentIncidents)
    .set({
      resolution: 'settled',
      resolvedBy: 'system',
      resolvedAt: sql`now()`,
      resolutionNote: sql`'Ignored by ' || ${paymentIncidents.resolvedBy} || ': ' || ${paymentIncidents.resolutionNote} || ' – and gone since.'`,
    })
    .where(and(eq(paymentIncidents.id, id), eq(paymentIncidents.resolution, 'ignored')))
}

export async function countOpenIncidents(db: Queryable): Promise<number> {
  return db.$count(paymentIncidents, isNull(paymentIncidents.resolvedAt))
}

export interface Resolution {
  readonly resolution: IncidentResolution
  readonly resolvedBy: string
  readonly note: string
  /** What it turned out to belong to. */
  readonly orderId?: string
}

/** Ends an incident that is open. Null when somebody else was first. */
export async function resolveIncident(
  db: Queryable,
  id: string,
  { resolution, resolvedBy, note, orderId }: Resolution,
): Promise<PaymentIncident | null> {
  const [row] = await db
    .update(paymentIncidents)
    .set({
      resolution,
      resolvedBy,
      resolutionNote: note,
      resolvedAt: sql`now()`,
      ...(orderId === undefined ? {} : { orderId }),
    })
    .where(and(eq(paymentIncidents.id, id), isNull(paymentIncidents.resolvedAt)))
    .returning()
  return row ?? null
}

/** Whether a dispute that belonged to no order has one by now. */
export async function isDisputeMatched(db: Queryable, disputeId: string): Promise<boolean> {
  const rows = await db
    .select({ id: disputes.id })
    .from(disputes)
    .where(and(eq(disputes.id, disputeId), isNotNull(disputes.orderId)))
  return rows.length > 0
}

/** Gives a dispute the order it belongs to. Whether it is still open; null when it has an order, or is not known. */
export async function linkDispute(tx: Transaction, disputeId: string, orderId: string): Promise<boolean | null> {
  const [row] = await tx
    .update(disputes)
    .set({ orderId })
    .where(and(eq(disputes.id, disputeId), isNull(disputes.orderId)))
    .returning({ resolvedAt: disputes.resolvedAt })
  return row ? row.resolvedAt === null : null
}
