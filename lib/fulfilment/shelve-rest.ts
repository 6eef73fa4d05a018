import 'server-only'

import type { Transaction } from '@/db/client'
import type { LockedOrder } from '@/db/queries/fulfilment'
import { readRefundableOrder } from '@/db/queries/refunds'
import { addShelvedPieces, listVariantsOfOrder, lockMoneyGone } from '@/db/queries/shelved-pieces'
import { moveStock, restock } from '@/db/queries/stock'

/**
 * For an order that ends when all its money has gone already, as an amount or by PayPal's own doing: no refund is left to write, so
 * its pieces are written beside the one that took the money. They go back on the shelf with it: now, or once it is complete; and
 * should it fail after all, they come with the refund that takes its place. Pieces for which every refund has others of their kind
 * already, as when nothing was paid for them, go back by hand of whoever cancels. The caller holds the capture's lock.
 */
export async function shelveRest(
  tx: Transaction,
  { id, orderNumber, paypalCaptureId }: LockedOrder,
  actorEmail: string,
): Promise<void> {
  const refundable = await readRefundableOrder(tx, id)
  const left = (refundable?.order.items ?? [])
    .map(({ position, quantity, refundedQuantity }) => ({ position, quantity: quantity - refundedQuantity }))
    .filter(({ quantity }) => quantity > 0)
  const variants = await listVariantsOfOrder(tx, id)
  const gone = await lockMoneyGone(tx, paypalCaptureId)
  const byRefund = Map.groupBy(left, ({ position }) => gone.find(({ positions }) => !positions.includes(position)))
  for (const [refund, pieces] of byRefund) {
    const lines = pieces.flatMap(({ position, quantity }) => {
      const variantId = variants.get(position)
      return variantId === undefined ? [] : [{ variantId, quantity }]
    })
    if (!refund) {
      await moveStock(tx, { reason: 'adjustment', ref: id, note: `${orderNumber} cancelled`, actorEmail }, lines)
      continue
    }
    await addShelvedPieces(tx, refund.id, id, pieces)
    if (refund.state === 'completed') await restock(tx, refund.id, lines)
  }
}
