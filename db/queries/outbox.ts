import { and, asc, inArray, isNull, lte, sql } from 'drizzle-orm'

import type { Queryable, Transaction } from '../client'
import { outbox } from '../schema/orders'

export type OutboxRow = typeof outbox.$inferSelect

/** Queues that the catalogue says something else now, in the transaction that changed it. No slugs: lists alone, or too much to name. */
export async function noteCatalogueChange(tx: Transaction, productSlugs: readonly string[]): Promise<void> {
  await tx.insert(outbox).values({ topic: 'catalogue_changed', payload: { productSlugs: [...productSlugs] } })
}

/** Work that is due, leased to the caller for half a minute. */
export async function claimOutbox(db: Queryable, limit: number): Promise<OutboxRow[]> {
  const due = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(isNull(outbox.doneAt), lte(outbox.availableAt, sql`now()`)))
    .orderBy(asc(outbox.availableAt))
    .limit(limit)
    .for('update', { skipLocked: true })
  return db
    .update(outbox)
    .set({ availableAt: sql`now() + interval '30 seconds'`, tries: sql`${outbox.tries} + 1` })
    .where(inArray(outbox.id, due))
    .returning()
}

export async function finishOutbox(db: Queryable, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await db
    .update(outbox)
    .set({ doneAt: sql`now()` })
    .where(and(inArray(outbox.id, [...ids]), isNull(outbox.doneAt)))
}
