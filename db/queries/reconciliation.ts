import { and, between, desc, eq, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'

import type { BookedCapture, BookedRefund, Books } from '@/lib/domain/reconciliation'

import type { Database, Queryable, Transaction } from '../client'
import { reconciliationRequests, reconciliationRuns } from '../schema/incidents'
import { journalEntries, journalPostings } from '../schema/journal'
import { paymentAttempts, paymentCaptures } from '../schema/payments'
import { refunds } from '../schema/refunds'

export interface BooksWanted {
  /** By what PayPal's list names; the refunds of these captures too. */
  readonly captureIds: readonly string[]
  readonly refundIds: readonly string[]
  /** Uuids. */
  readonly attemptIds: readonly string[]
  /** And whatever was recorded within. */
  readonly from: Date
  readonly to: Date
}

/** Our side of a comparison with PayPal's list. */
export async function readBooks(db: Queryable, wanted: BooksWanted): Promise<Books> {
  const attempts = await db
    .select({ id: paymentAttempts.id })
    .from(paymentAttempts)
    .where(inArray(paymentAttempts.id, [...wanted.attemptIds]))
  return {
    captures: await readCaptures(db, wanted),
    refunds: await readRefunds(db, wanted),
    attemptIds: new Set(attempts.map(({ id }) => id)),
  }
}

async function readCaptures(db: Queryable, { captureIds, from, to }: BooksWanted): Promise<BookedCapture[]> {
  const laterFee = sql<string | null>`(select sum(${journalPostings.amountMinor}) from ${journalEntries}
    join ${journalPostings} on ${journalPostings.entryId} = ${journalEntries.id}
    where ${journalEntries.kind} = 'fee' and ${journalEntries.ref} = ${paymentCaptures.paypalCaptureId}
      and ${journalPostings.account} = 'paypal_fees')`
  const rows = await db
    .select({ capture: paymentCaptures, laterFee })
    .from(paymentCaptures)
    .where(or(inArray(paymentCaptures.paypalCaptureId, [...captureIds]), between(paymentCaptures.recordedAt, from, to)))
  return rows.map(({ capture, laterFee: fee }) => ({
    ...capture,
    feeMinor: capture.feeMinor ?? (fee === null ? null : Number(fee)),
  }))
}

async function readRefunds(db: Queryable, { captureIds, refundIds, from, to }: BooksWanted): Promise<BookedRefund[]> {
  const rows = await db
    .select()
    .from(refunds)
    .where(
      and(
        isNotNull(refunds.paypalRefundId),
        or(
          inArray(refunds.paypalRefundId, [...refundIds]),
          inArray(refunds.paypalCaptureId, [...captureIds]),
          between(refunds.completedAt, from, to),
        ),
      ),
    )
  return rows.flatMap(({ paypalRefundId, completedAt, createdAt, ...refund }) =>
    paypalRefundId === null ? [] : [{ ...refund, paypalRefundId, recordedAt: completedAt ?? createdAt }],
  )
}

export type ReconciliationRun = typeof reconciliationRuns.$inferSelect

/** Much longer than the calls that one difference needs; it is renewed after each. */
const LEASE = sql`interval '5 minutes'`

/** Begins a run, unless one is under way anywhere: null. A run whose process died ends here. */
export async function beginRun(
  db: Database,
  span: { from: Date; to: Date; nightly: boolean; requestedBy: string | null },
): Promise<ReconciliationRun | null> {
  await db
    .update(reconciliationRuns)
    .set({ finishedAt: sql`now()`, failure: 'its process died' })
    .where(and(isNull(reconciliationRuns.finishedAt), lte(reconciliationRuns.leaseUntil, sql`now()`)))
  const [row] = await db
    .insert(reconciliationRuns)
    .values({
      nightly: span.nightly,
      requestedBy: span.requestedBy,
      spanFrom: span.from,
      spanTo: span.to,
      leaseUntil: sql`now() + ${LEASE}`,
    })
    .onConflictDoNothing()
    .returning()
  return row ?? null
}

export type RunCounts = Pick<
  ReconciliationRun,
  'transactionsSeen' | 'rowsSeen' | 'repaired' | 'incidentsRaised' | 'unclear'
>

/** Renews the run's lease. False when it was taken for dead meanwhile: stop. */
export async function renewRun(db: Queryable, id: string, counts: RunCounts): Promise<boolean> {
  const rows = await db
    .update(reconciliationRuns)
    .set({ ...counts, leaseUntil: sql`now() + ${LEASE}` })
    .where(and(eq(reconciliationRuns.id, id), isNull(reconciliationRuns.finishedAt)))
    .returning({ id: reconciliationRuns.id })
  return rows.length > 0
}

export async function finishRun(
  db: Queryable,
  id: string,
  counts: RunCounts,
  failure: string | null,
): Promise<ReconciliationRun> {
  const [row] = await db
    .update(reconciliationRuns)
    .set({ ...counts, failure, finishedAt: sql`now()` })
    .where(eq(reconciliationRuns.id, id))
    .returning()
  if (!row) throw new Error(`reconciliation run ${id} has vanished`)
  return row
}

/** When the worker's next look is due, and where it goes on. `lastEnd`: the end of its last span that was compared. */
export async function readNightlyTurn(db: Queryable): Promise<{ isDue: boolean; now: Date; lastEnd: Date | null }> {
  const { rows } = await db.execute<{ now: string; due: boolean }>(sql`
    select now()::text as now,
      not exists (select 1 from reconciliation_runs where nightly and failure is null and span_to >= night.began)
      and not exists (select 1 from reconciliation_runs where nightly and started_at > now() - interval '1 hour') as due
    from (select (date_trunc('day', now() at time zone 'utc' - interval '3 hours') + interval '3 hours') at time zone 'utc' as began) night`)
  const [last] = await db
    .select({ spanTo: reconciliationRuns.spanTo })
    .from(reconciliationRuns)
    .where(
      and(reconciliationRuns.nightly, isNotNull(reconciliationRuns.finishedAt), isNull(reconciliationRuns.failure)),
    )
    .orderBy(desc(reconciliationRuns.spanTo))
    .limit(1)
  return { isDue: rows[0]?.due ?? false, now: new Date(rows[0]?.now ?? Date.now()), lastEnd: last?.spanTo ?? null }
}

export async function listRuns(db: Queryable, limit: number): Promise<ReconciliationRun[]> {
  return db.select().from(reconciliationRuns).orderBy(desc(reconciliationRuns.startedAt)).limit(limit)
}

export type ReconciliationRequest = typeof reconciliationRequests.$inferSelect

export async function findReconciliationRequest(db: Queryable): Promise<ReconciliationRequest | null> {
  const [row] = await db.select().from(reconciliationRequests)
  return row ?? null
}

/** False when somebody waits for one already. */
export async function insertReconciliationRequest(
  tx: Transaction,
  request: { requestedBy: string; days: number },
): Promise<boolean> {
  const rows = await tx.insert(reconciliationRequests).values(request).onConflictDoNothing().returning()
  return rows.length > 0
}

/** Takes away the request that was carried out, and no later one. */
export async function deleteReconciliationRequest(
  db: Queryable,
  { requestedAt }: ReconciliationRequest,
): Promise<void> {
  await db
    .delete(reconciliationRequests)
    .where(
      sql`date_trunc('milliseconds', ${reconciliationRequests.requestedAt}) = ${requestedAt.toISOString()}::timestamptz`,
    )
}
