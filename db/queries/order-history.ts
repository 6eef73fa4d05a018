import { and, asc, eq, inArray } from 'drizzle-orm'

import { trackingUrl } from '@/lib/domain/fulfilment'
import { isCurrency } from '@/lib/domain/money'
import type { OrderHistory } from '@/lib/domain/order-timeline'

import type { Queryable } from '../client'
import { orderEvents } from '../schema/fulfilment'
import { orders } from '../schema/orders'
import { refunds } from '../schema/refunds'
import { listShipments } from './fulfilment'

/** What has happened to each of these orders, by number; whose they are is the caller's question. */
export async function readOrderHistories(
  db: Queryable,
  orderNumbers: readonly string[],
): Promise<ReadonlyMap<string, OrderHistory>> {
  if (orderNumbers.length === 0) return new Map()
  const rows = await db
    .select()
    .from(orders)
    .where(inArray(orders.orderNumber, [...orderNumbers]))
  const back = await db
    .select({
      orderNumber: orders.orderNumber,
      state: refunds.state,
      amountMinor: refunds.amountMinor,
      createdAt: refunds.createdAt,
      completedAt: refunds.completedAt,
      returnedMinor: refunds.returnedMinor,
    })
    .from(refunds)
    .innerJoin(orders, eq(orders.id, refunds.orderId))
    .where(inArray(orders.orderNumber, [...orderNumbers]))
    .orderBy(asc(refunds.createdAt), asc(refunds.id))
  const byOrder = Map.groupBy(back, (row) => row.orderNumber)
  const ids = rows.map(({ id }) => id)
  const parcels = Map.groupBy(await listShipments(db, ids), ({ orderId }) => orderId)
  const cancelled = new Map((await listCancellations(db, ids)).map(({ orderId, at }) => [orderId, at]))
  return new Map(
    rows.map(({ id, orderNumber, state, placedAt, deliveredAt, totalMinor, currency }) => {
      if (!isCurrency(currency)) throw new Error(`order ${orderNumber} is in an unknown currency`)
      const total = { minor: totalMinor, currency }
      const history: OrderHistory = {
        state,
        placedAt,
        deliveredAt,
        cancelledAt: cancelled.get(id) ?? null,
        total,
        refunds: byOrder.get(orderNumber) ?? [],
        parcels: (parcels.get(id) ?? []).map(({ carrier, carrierCode, trackingNumber, shippedAt }) => ({
          carrier,
          trackingNumber,
          trackingUrl: trackingNumber === null ? null : trackingUrl(carrierCode, trackingNumber),
          shippedAt,
        })),
      }
      return [orderNumber, history]
    }),
  )
}

async function listCancellations(db: Queryable, orderIds: readonly string[]) {
  if (orderIds.length === 0) return []
  return db
    .select({ orderId: orderEvents.orderId, at: orderEvents.at })
    .from(orderEvents)
    .where(and(inArray(orderEvents.orderId, [...orderIds]), eq(orderEvents.kind, 'cancelled')))
}
