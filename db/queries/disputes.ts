import { desc, eq, isNull, isNotNull, sql } from 'drizzle-orm'

import type { Queryable, Transaction } from '../client'
import { disputes } from '../schema/disputes'
import { orders } from '../schema/orders'

export type Dispute = typeof disputes.$inferSelect

export async function lockDispute(tx: Transaction, id: string): Promise<Dispute | null> {
  const [row] = await tx.select().from(disputes).where(eq(disputes.id, id)).for('update')
  return row ?? null
}

/**
 * Writes a dispute as PayPal shows it. What it belongs to, once known, stays. False when a later look is written already: two
 * workers may have fetched it at different times.
 */
export async function upsertDispute(tx: Transaction, dispute: typeof disputes.$inferInsert): Promise<boolean> {
  const { id: _id, orderId: _orderId, paypalCaptureId: _captureId, openedAt: _openedAt, ...shown } = dispute
  const rows = await tx
    .insert(disputes)
    .values(dispute)
    .onConflictDoUpdate({
      target: disputes.id,
      set: {
        ...shown,
        orderId: sql`coalesce(${disputes.orderId}, excluded.order_id)`,
        paypalCaptureId: sql`coalesce(${disputes.paypalCaptureId}, excluded.paypal_capture_id)`,
        seenAt: sql`now()`,
      },
      setWhere: sql`${disputes.paypalUpdatedAt} is null or ${disputes.paypalUpdatedAt} <= excluded.paypal_updated_at`,
    })
    .returning({ id: disputes.id })
  return rows.length > 0
}

/** Open disputes, the nearest deadline first; or those that are over, the latest first. */
export async function listDisputes(db: Queryable, { open }: { open: boolean }, limit: number) {
  return db
    .select({ dispute: disputes, orderNumber: orders.orderNumber })
    .from(disputes)
    .leftJoin(orders, eq(orders.id, disputes.orderId))
    .where(open ? isNull(disputes.resolvedAt) : isNotNull(disputes.resolvedAt))
    .orderBy(
      ...(open
        ? [sql`${disputes.sellerResponseDueAt} asc nulls last`, disputes.openedAt]
        : [desc(disputes.resolvedAt)]),
    )
    .limit(limit)
}
