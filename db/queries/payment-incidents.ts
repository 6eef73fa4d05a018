import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'

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

/** A refund that was sent again and refused again is news as well. */
const isOverForNow = sql`(${paymentIncidents.resolution} is not distinct from 'settled'
  or (${paymentIncidents.kind} = 'refund_refused' and ${paymentIncidents.resolution} is not distinct from 'refunded'))`

/**
 * Raises an incident once. True when it is new, or wrong again after it had settled; one that is open, or that a person has
 * decided, is only seen again.
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
        details: sql`case when ${isOverForNow} then excluded.details else ${paymentIncidents.details} end`,
        resolution: sql`case when ${isOverForNow} then null else ${paymentIncidents.resolution} end`,
        resolvedAt: sql`case when ${isOverForNow} then null else ${paymentIncidents.resolvedAt} end`,
        resolvedBy: sql`case when ${isOverForNow} then null else ${paymentIncidents.resolvedBy} end`,
      },
    })
    .returning({ isNew: sql<boolean>`${paymentIncidents.lastSeenAt} = ${paymentIncidents.openedAt}` })
  return rows[0]?.isNew ?? false
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
