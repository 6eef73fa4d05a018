import { and, asc, eq, gte, inArray, isNull, lt, lte, ne, sql } from 'drizzle-orm'

import type { Database, Queryable, Transaction } from '../client'
import { webhookCatchUps, webhookEvents } from '../schema/webhooks'

export type NewWebhookEvent = Pick<
  typeof webhookEvents.$inferInsert,
  | 'id'
  | 'eventType'
  | 'resourceId'
  | 'paypalOrderId'
  | 'paypalCaptureId'
  | 'body'
  | 'occurredAt'
  | 'transmittedAt'
  | 'source'
>
export type WebhookEvent = Omit<typeof webhookEvents.$inferSelect, 'body'>

const columns = {
  id: webhookEvents.id,
  eventType: webhookEvents.eventType,
  resourceId: webhookEvents.resourceId,
  paypalOrderId: webhookEvents.paypalOrderId,
  paypalCaptureId: webhookEvents.paypalCaptureId,
  occurredAt: webhookEvents.occurredAt,
  transmittedAt: webhookEvents.transmittedAt,
  source: webhookEvents.source,
  receivedAt: webhookEvents.receivedAt,
  doneAt: webhookEvents.doneAt,
  tries: webhookEvents.tries,
  nextActionAt: webhookEvents.nextActionAt,
  lastIssue: webhookEvents.lastIssue,
}

/** One event can take several calls to PayPal of up to 15 seconds. */
const LEASE = sql`interval '2 minutes'`

/** Puts an event into the inbox, to be looked at in `inSeconds`. False when it is there already. */
export async function insertWebhookEvent(tx: Transaction, event: NewWebhookEvent, inSeconds: number): Promise<boolean> {
  const rows = await tx
    .insert(webhookEvents)
    .values({ ...event, nextActionAt: sql`now() + make_interval(secs => ${inSeconds})` })
    .onConflictDoNothing()
    .returning({ id: webhookEvents.id })
  return rows.length > 0
}

/** The event that has been due for longest, leased to the caller; null when none is. */
export async function claimDueEvent(db: Queryable): Promise<WebhookEvent | null> {
  const due = db
    .select({ id: webhookEvents.id })
    .from(webhookEvents)
    .where(and(isNull(webhookEvents.doneAt), lte(webhookEvents.nextActionAt, sql`now()`)))
    .orderBy(asc(webhookEvents.nextActionAt), asc(webhookEvents.id))
    .limit(1)
    .for('update', { skipLocked: true })
  const [row] = await db
    .update(webhookEvents)
    .set({ nextActionAt: sql`now() + ${LEASE}`, tries: sql`${webhookEvents.tries} + 1` })
    .where(inArray(webhookEvents.id, due))
    .returning(columns)
  return row ?? null
}

export async function finishEvent(db: Queryable, id: string, note: string | null): Promise<void> {
  await db
    .update(webhookEvents)
    .set({ doneAt: sql`now()`, nextActionAt: null, lastIssue: note })
    .where(eq(webhookEvents.id, id))
}

export async function postponeEvent(db: Queryable, id: string, seconds: number, cause: string): Promise<void> {
  await db
    .update(webhookEvents)
    .set({ nextActionAt: sql`now() + make_interval(secs => ${seconds})`, lastIssue: cause })
    .where(and(eq(webhookEvents.id, id), isNull(webhookEvents.doneAt)))
}

/** Has stored events looked at anew: those of these ids, or all that came since then. @returns their ids. */
export async function reopenEvents(
  db: Queryable,
  which: { readonly ids: readonly string[] } | { readonly since: Date },
): Promise<string[]> {
  const rows = await db
    .update(webhookEvents)
    .set({ doneAt: null, tries: 0, nextActionAt: sql`now()` })
    .where('ids' in which ? inArray(webhookEvents.id, [...which.ids]) : gte(webhookEvents.receivedAt, which.since))
    .returning({ id: webhookEvents.id })
  return rows.map(({ id }) => id)
}

/** What tells who bought is of no use once nobody asks about the event any more. */
export async function forgetEventBodies(db: Database): Promise<void> {
  await db
    .update(webhookEvents)
    .set({ body: '' })
    .where(and(ne(webhookEvents.body, ''), lt(webhookEvents.receivedAt, sql`now() - interval '90 days'`)))
}

export interface CatchUpTurn {
  readonly from: Date
  /** Later events may still be on their way to our door. */
  readonly to: Date
}

/**
 * The span to ask PayPal for, given to one caller in each `minutes`; null for the others. It begins an hour before the end of
 * the last one, because a list can lag behind, and three days back the first time: as long as PayPal repeats a delivery.
 */
export async function takeCatchUpTurn(db: Database, minutes: number): Promise<CatchUpTurn | null> {
  const [row] = await db
    .insert(webhookCatchUps)
    .values({ caughtUpTo: sql`now() - interval '3 days'`, turnAt: sql`now()` })
    .onConflictDoUpdate({
      target: webhookCatchUps.id,
      set: { turnAt: sql`now()` },
      setWhere: sql`${webhookCatchUps.turnAt} < now() - make_interval(mins => ${minutes})`,
    })
    .returning({
      from: sql<Date>`${webhookCatchUps.caughtUpTo} - interval '1 hour'`.mapWith(webhookCatchUps.turnAt),
      to: sql<Date>`now() - interval '2 minutes'`.mapWith(webhookCatchUps.turnAt),
    })
  return row ?? null
}

export async function recordCatchUp(db: Database, to: Date): Promise<void> {
  await db.update(webhookCatchUps).set({ caughtUpTo: to })
}
