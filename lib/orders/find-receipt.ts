import 'server-only'

import { getDatabase, type Queryable } from '@/db/client'
import { findOrder } from '@/db/queries/orders'
import type { OrderView } from '@/lib/domain/order'
import { parseOrderNumber } from '@/lib/domain/order-number'
import { hashBuyerKey } from '@/lib/payments/buyer-key'

import { opensReceipt } from './receipt-link'

export interface ReceiptRequest {
  readonly orderNumber: string
  /** From the sealed cookie of the browser that paid. */
  readonly buyerKey: string | null
  /** From the link. */
  readonly linkKey: string | null
}

/** The receipt for whoever bought it or holds its link; null for everybody else, as for a number that never was. */
export async function findReceipt(db: Queryable, request: ReceiptRequest): Promise<OrderView | null> {
  const orderNumber = parseOrderNumber(request.orderNumber)
  if (orderNumber === null) return null
  const found = await findOrder(db, orderNumber)
  if (!found) return null
  const bought = request.buyerKey !== null && found.buyerKeyHash === hashBuyerKey(request.buyerKey)
  return bought || opensReceipt(orderNumber, request.linkKey) ? found.order : null
}

export async function getReceipt(request: ReceiptRequest): Promise<OrderView | null> {
  return findReceipt(getDatabase(), request)
}
