import 'server-only'

import { randomBytes, randomUUID } from 'node:crypto'

import type { Transaction } from '@/db/client'
import { takeBoughtOutOfMemberCart } from '@/db/queries/member-carts'
import { insertOrder } from '@/db/queries/orders'
import type { PaymentAttempt } from '@/db/queries/payment-attempts'
import { makeOrderNumber } from '@/lib/domain/order-number'
import { queueMail } from '@/lib/mail/queue-mail'

/**
 * Writes the order, its items and the mail about it from the attempt's snapshot. It takes a `Transaction`, because it is only ever right
 * together with the capture that pays for it.
 */
export async function placeOrder(
  tx: Transaction,
  attempt: PaymentAttempt,
  paypalCaptureId: string,
): Promise<{ orderNumber: string }> {
  const id = randomUUID()
  const orderNumber = makeOrderNumber(randomBytes(9))
  await insertOrder(tx, {
    id,
    orderNumber,
    cartId: attempt.cartId,
    attemptId: attempt.id,
    paypalCaptureId,
    buyerKeyHash: attempt.buyerKeyHash,
    memberId: attempt.memberId,
    snapshot: attempt.snapshot,
  })
  await queueMail(tx, { kind: 'order_placed', orderId: id }, { to: attempt.snapshot.email, about: id })
  if (attempt.memberId) {
    const bought = attempt.snapshot.lines.map((line): [number, number] => [line.variantId, line.quantity])
    await takeBoughtOutOfMemberCart(tx, attempt.memberId, attempt.cartId, bought, randomUUID())
  }
  return { orderNumber }
}
