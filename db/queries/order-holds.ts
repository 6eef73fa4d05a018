import { and, eq, isNull, sql } from 'drizzle-orm'

import type { HoldKind } from '@/lib/domain/order-hold'

import type { Queryable, Transaction } from '../client'
import { orderHolds } from '../schema/disputes'

/** Holds an order back, or again if the same cause was over before. */
export async function placeHold(tx: Transaction, orderId: string, kind: HoldKind, ref: string): Promise<void> {
  await tx
    .insert(orderHolds)
    .values({ orderId, kind, ref })
    .onConflictDoUpdate({
      target: [orderHolds.orderId, orderHolds.kind, orderHolds.ref],
      set: { releasedAt: null },
    })
}

/** Holds an order back for a cause that has not held it before: a hold that somebody has released stays so. */
export async function placeHoldOnce(db: Queryable, orderId: string, kind: HoldKind, ref: string): Promise<void> {
  await db.insert(orderHolds).values({ orderId, kind, ref }).onConflictDoNothing()
}

/** The cause is over. */
export async function releaseHold(tx: Transaction, orderId: string, kind: HoldKind, ref: string): Promise<void> {
  await tx
    .update(orderHolds)
    .set({ releasedAt: sql`now()` })
    .where(
      and(
        eq(orderHolds.orderId, orderId),
        eq(orderHolds.kind, kind),
        eq(orderHolds.ref, ref),
        isNull(orderHolds.releasedAt),
      ),
    )
}

/** Whatever holds an order. Answers what did. */
export async function releaseAllHolds(tx: Transaction, orderId: string): Promise<{ kind: HoldKind; ref: string }[]> {
  return tx
    .update(orderHolds)
    .set({ releasedAt: sql`now()` })
    .where(and(eq(orderHolds.orderId, orderId), isNull(orderHolds.releasedAt)))
    .returning({ kind: orderHolds.kind, ref: orderHolds.ref })
}

/** Open ones and those that are over. */
export async function listHolds(db: Queryable, orderId: string) {
  return db.select().from(orderHolds).where(eq(orderHolds.orderId, orderId))
}

export async function listOpenHolds(db: Queryable, orderId: string) {
  return db
    .select({ kind: orderHolds.kind, ref: orderHolds.ref, placedAt: orderHolds.placedAt })
    .from(orderHolds)
    .where(and(eq(orderHolds.orderId, orderId), isNull(orderHolds.releasedAt)))
}
