import 'server-only'

import { getDatabase, type Queryable } from '@/db/client'
import { findOrder } from '@/db/queries/orders'
import type { OrderView } from '@/lib/domain/order'
import { parseOrderNumber } from '@/lib/domain/order-number'
import { hashBuyerKey } from '@/lib/payments/buyer-key'

import { makeReceiptLink, openReceiptLink, type ReceiptLink } from './receipt-link'

export interface ReceiptRequest {
  readonly orderNumber: string
  /** From the sealed cookie of the browser that paid. */
  readonly buyerKey: string | null
  /** From the link. */
  readonly linkKey: string | null
  /** Who is signed in. */
  readonly memberId: string | null
}

export interface OpenReceipt {
  readonly order: OrderView
  /** To keep or pass on. Whoever came by a link has that one and no longer: else each would make the next. */
  readonly link: ReceiptLink
  /** It is that link alone that has opened it. */
  readonly isByLink: boolean
}

/**
 * The receipt for whoever bought it or holds its link; null for everybody else, as for a number that never was. What is in an
 * account the browser alone opens for a day: a member who signs a lost device out is to have nothing left open on it.
 */
export async function findReceipt(db: Queryable, request: ReceiptRequest): Promise<OpenReceipt | null> {
  const orderNumber = parseOrderNumber(request.orderNumber)
  if (orderNumber === null) return null
  const found = await findOrder(db, orderNumber)
  if (!found) return null
  const hasKey = request.buyerKey !== null && found.buyerKeyHash === hashBuyerKey(request.buyerKey)
  const bought = hasKey && (found.memberId === null || found.isRecent)
  const isOwn = found.memberId !== null && found.memberId === request.memberId
  const isByLink = !bought && !isOwn
  const link = isByLink ? openReceiptLink(orderNumber, request.linkKey) : makeReceiptLink(orderNumber)
  return link && { order: found.order, link, isByLink }
}

export async function getReceipt(request: ReceiptRequest): Promise<OpenReceipt | null> {
  return findReceipt(getDatabase(), request)
}
