import { eq, sql } from 'drizzle-orm'

import type { Queryable, Transaction } from '../client'
import { refundReturns, refunds } from '../schema/refunds'

/** Part of what a bank had taken is back; a trigger adds it up. At commit it must be in the journal. */
export async function insertRefundReturn(
  tx: Transaction,
  part: { readonly refundId: string; readonly transactionId: string; readonly amountMinor: number },
): Promise<void> {
  await tx.insert(refundReturns).values(part)
}

/** Whether a movement at PayPal by which money came again is in the books. */
export async function isReturnBooked(db: Queryable, transactionId: string): Promise<boolean> {
  const rows = await db
    .select({ refundId: refundReturns.refundId })
    .from(refundReturns)
    .where(eq(refundReturns.transactionId, transactionId))
    .limit(1)
  return rows.length > 0
}

/** Minor units of a capture that banks have taken and given back, ever. */
export async function sumCameAgain(db: Queryable, paypalCaptureId: string): Promise<number> {
  const [sum] = await db
    .select({ minor: sql<string>`coalesce(sum(${refunds.returnedMinor}), 0)` })
    .from(refunds)
    .where(eq(refunds.paypalCaptureId, paypalCaptureId))
  return Number(sum?.minor ?? 0)
}
