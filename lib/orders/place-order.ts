import 'server-only'

import { randomBytes, randomUUID } from 'node:crypto'

import type { Transaction } from '@/db/client'
import { insertOrder } from '@/db/queries/orders'
import type { PaymentAttempt } from '@/db/queries/payment-attempts'
import { makeOrderNumber } from '@/lib/domain/order-number'

/**
 * Writes the order and its items from the attempt's snapshot. It takes a `Transaction`, because it is only ever right
 * together with the capture that pays for it.
 */
export async function placeOrder(
  tx: Transaction,
  attempt: PaymentAttempt,
  paypalCaptureId: string,
): Promise<{ orderNumber: string }> {
  const orderNumber = makeOrderNumber(randomBytes(9))
  await insertOrder(tx, {
    id: randomUUID(),
    orderNumber,
    cartId: attempt.cartId,
    attemptId: attempt.id,
    paypalCaptureId,
    buyerKeyHash: attempt.buyerKeyHash,
    snapshot: attempt.snapshot,
  })
  return { orderNumber }
}
