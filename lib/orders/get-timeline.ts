import 'server-only'

import type { Queryable } from '@/db/client'
import { readOrderHistories } from '@/db/queries/order-history'
import { planTimeline, type OrderTimeline } from '@/lib/domain/order-timeline'

/** The course of an order that is known to be there, as its buyer may see it; whose it is was the caller's question. */
export async function getTimeline(db: Queryable, orderNumber: string): Promise<OrderTimeline> {
  const history = (await readOrderHistories(db, [orderNumber])).get(orderNumber)
  if (!history) throw new Error(`order ${orderNumber} is not there`)
  return planTimeline(history)
}
