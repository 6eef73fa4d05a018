import { and, desc, eq, gt, ne } from 'drizzle-orm'

import type { RefundState } from '@/lib/domain/refund'

import type { Transaction } from '../client'
import { refundItems, refunds } from '../schema/refunds'
import { orderItems } from '../schema/orders'

/** A refund that took money of a capture, and which items it names. */
export interface MoneyGone {
  readonly id: string
  readonly state: RefundState
  readonly positions: readonly number[]
}

/**
 * What took a capture's money, the newest first, locked: a refund that completes at this moment either is complete here or finds what
 * is written beside it.
 */
export async function lockMoneyGone(tx: Transaction, paypalCaptureId: string): Promise<MoneyGone[]> {
  const rows = await tx
    .select({ id: refunds.id, state: refunds.state })
    .from(refunds)
    .where(
      and(
        eq(refunds.paypalCaptureId, paypalCaptureId),
        ne(refunds.state, 'failed'),
        gt(refunds.amountMinor, refunds.returnedMinor),
      ),
    )
    .orderBy(desc(refunds.createdAt), desc(refunds.id))
    .for('update')
  const named = await tx
    .select({ refundId: refundItems.refundId, position: refundItems.position })
    .from(refundItems)
    .innerJoin(refunds, eq(refunds.id, refundItems.refundId))
    .where(eq(refunds.paypalCaptureId, paypalCaptureId))
  return rows.map((row) => ({
    ...row,
    positions: named.filter(({ refundId }) => refundId === row.id).map(({ position }) => position),
  }))
}

/** Pieces go back on the shelf with a refund that did not name them. Their money went before, with the amount of it. */
export async function addShelvedPieces(
  tx: Transaction,
  refundId: string,
  orderId: string,
  pieces: readonly { readonly position: number; readonly quantity: number }[],
): Promise<void> {
  const rows = pieces.map((piece) => ({ ...piece, refundId, orderId, amountMinor: 0, restock: true }))
  await tx.insert(refundItems).values(rows)
}

export async function listVariantsOfOrder(tx: Transaction, orderId: string): Promise<Map<number, number>> {
  const rows = await tx
    .select({ position: orderItems.position, variantId: orderItems.variantId })
    .from(orderItems)
    .where(eq(orderItems.orderId, orderId))
  return new Map(rows.map(({ position, variantId }) => [position, variantId]))
}
