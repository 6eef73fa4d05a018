import { and, asc, desc, eq, inArray, isNull, isNotNull, lt, or, sql } from 'drizzle-orm'

import type { BulkKind, BulkRowState } from '@/lib/domain/bulk'
import type { FulfillableOrder } from '@/lib/domain/fulfilment'

import type { Queryable, Transaction } from '../client'
import { bulkJobs, bulkRows } from '../schema/bulk'
import { orderHolds } from '../schema/disputes'
import { members } from '../schema/members'
import { orders } from '../schema/orders'
import { listFulfillableItems } from './fulfilment'

export type BulkJobRow = typeof bulkJobs.$inferSelect
export type BulkRowRow = typeof bulkRows.$inferSelect

/** False when there is one of this id already: the form was sent before. */
export async function insertBulkJob(
  tx: Transaction,
  job: { id: string; kind: BulkKind; memberId: string; network: string | null },
  rows: readonly Omit<typeof bulkRows.$inferInsert, 'jobId' | 'position'>[],
): Promise<boolean> {
  const inserted = await tx.insert(bulkJobs).values(job).onConflictDoNothing().returning({ id: bulkJobs.id })
  if (inserted.length === 0) return false
  await tx.insert(bulkRows).values(rows.map((row, position) => ({ ...row, jobId: job.id, position })))
  return true
}

/** What packing and shipping ask of these orders; those that are not there are missing. */
export async function readFulfillable(
  db: Queryable,
  orderNumbers: readonly string[],
): Promise<ReadonlyMap<string, FulfillableOrder>> {
  if (orderNumbers.length === 0) return new Map()
  const rows = await db
    .select({ id: orders.id, orderNumber: orders.orderNumber, state: orders.state })
    .from(orders)
    .where(inArray(orders.orderNumber, [...orderNumbers]))
  const ids = rows.map(({ id }) => id)
  const held = await db
    .select({ orderId: orderHolds.orderId })
    .from(orderHolds)
    .where(and(inArray(orderHolds.orderId, ids), isNull(orderHolds.releasedAt)))
  const heldIds = new Set(held.map(({ orderId }) => orderId))
  const found = new Map<string, FulfillableOrder>()
  for (const { id, orderNumber, state } of rows) {
    found.set(orderNumber, { state, isHeld: heldIds.has(id), items: await listFulfillableItems(db, id) })
  }
  return found
}

/** Sets it going, once; false when it goes already or is not there. */
export async function startBulkJob(db: Queryable, id: string): Promise<boolean> {
  const rows = await db
    .update(bulkJobs)
    .set({ startedAt: sql`now()` })
    .where(and(eq(bulkJobs.id, id), isNull(bulkJobs.startedAt)))
    .returning({ id: bulkJobs.id })
  return rows.length > 0
}

export interface ClaimedJob {
  readonly id: string
  readonly kind: BulkKind
  readonly memberId: string
  readonly network: string | null
}

/** A job that is under way and that no other worker goes through, leased to the caller; the oldest first. */
export async function claimBulkJob(db: Queryable): Promise<ClaimedJob | null> {
  const due = db
    .select({ id: bulkJobs.id })
    .from(bulkJobs)
    .where(
      and(
        isNotNull(bulkJobs.startedAt),
        isNull(bulkJobs.finishedAt),
        or(isNull(bulkJobs.leaseUntil), lt(bulkJobs.leaseUntil, sql`now()`)),
      ),
    )
    .orderBy(asc(bulkJobs.startedAt))
    .limit(1)
    .for('update', { skipLocked: true })
  const [row] = await db
    .update(bulkJobs)
    .set({ leaseUntil: sql`now() + interval '30 seconds'` })
    .where(inArray(bulkJobs.id, due))
    .returning({ id: bulkJobs.id, kind: bulkJobs.kind, memberId: bulkJobs.memberId, network: bulkJobs.network })
  return row ?? null
}

export async function releaseBulkJob(db: Queryable, id: string): Promise<void> {
  await db.update(bulkJobs).set({ leaseUntil: null }).where(eq(bulkJobs.id, id))
}

export async function listReadyRows(db: Queryable, jobId: string, limit: number): Promise<BulkRowRow[]> {
  return db
    .select()
    .from(bulkRows)
    .where(and(eq(bulkRows.jobId, jobId), eq(bulkRows.state, 'ready')))
    .orderBy(asc(bulkRows.position))
    .limit(limit)
}

/** What came of a row. Nothing when another worker has written it meanwhile. */
export async function finishBulkRow(
  db: Queryable,
  { jobId, position }: Pick<BulkRowRow, 'jobId' | 'position'>,
  result: { state: 'done' | 'failed'; note: string },
): Promise<void> {
  await db
    .update(bulkRows)
    .set({ ...result, doneAt: sql`now()` })
    .where(and(eq(bulkRows.jobId, jobId), eq(bulkRows.position, position), eq(bulkRows.state, 'ready')))
}

export async function finishBulkJob(db: Queryable, id: string): Promise<void> {
  await db
    .update(bulkJobs)
    .set({ finishedAt: sql`now()`, leaseUntil: null })
    .where(and(eq(bulkJobs.id, id), isNull(bulkJobs.finishedAt)))
}

export async function findBulkJob(db: Queryable, id: string): Promise<(BulkJobRow & { email: string }) | null> {
  const [row] = await db
    .select({ job: bulkJobs, email: members.email })
    .from(bulkJobs)
    .innerJoin(members, eq(members.id, bulkJobs.memberId))
    .where(eq(bulkJobs.id, id))
  return row ? { ...row.job, email: row.email } : null
}

export async function listBulkRows(db: Queryable, jobId: string): Promise<BulkRowRow[]> {
  return db.select().from(bulkRows).where(eq(bulkRows.jobId, jobId)).orderBy(asc(bulkRows.position))
}

export async function listBulkJobs(db: Queryable, limit: number) {
  const count = (state: BulkRowState) => sql<number>`count(*) filter (where ${bulkRows.state} = ${state})::int`
  return db
    .select({
      id: bulkJobs.id,
      kind: bulkJobs.kind,
      email: members.email,
      createdAt: bulkJobs.createdAt,
      startedAt: bulkJobs.startedAt,
      finishedAt: bulkJobs.finishedAt,
      wrong: count('wrong'),
      ready: count('ready'),
      done: count('done'),
      failed: count('failed'),
    })
    .from(bulkJobs)
    .innerJoin(members, eq(members.id, bulkJobs.memberId))
    .innerJoin(bulkRows, eq(bulkRows.jobId, bulkJobs.id))
    .groupBy(bulkJobs.id, members.email)
    .orderBy(desc(bulkJobs.createdAt))
    .limit(limit)
}
