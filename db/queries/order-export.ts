import { asc, eq, getTableColumns, inArray, isNotNull, and, ne, sql, sum } from 'drizzle-orm'

import type { Queryable } from '../client'
import { shipments } from '../schema/fulfilment'
import { orderItems, orders } from '../schema/orders'
import { invoices } from '../schema/papers'
import { refunds } from '../schema/refunds'

export type ExportedOrder = typeof orders.$inferSelect & {
  readonly invoiceNumber: number | null
  readonly refundedMinor: number
  readonly items: readonly { readonly sku: string; readonly quantity: number }[]
  readonly trackingNumbers: readonly string[]
}

/** Orders with what an export says of them, in the order in which they are asked for. */
export async function listOrdersToExport(
  db: Queryable,
  wanted: { readonly ids: readonly string[] } | { readonly orderNumbers: readonly string[] },
): Promise<ExportedOrder[]> {
  const keys = 'ids' in wanted ? wanted.ids : wanted.orderNumbers
  if (keys.length === 0) return []
  const column = 'ids' in wanted ? orders.id : orders.orderNumber
  const rows = await db
    .select({ ...getTableColumns(orders), invoiceNumber: invoices.number })
    .from(orders)
    .leftJoin(invoices, eq(invoices.orderId, orders.id))
    .where(inArray(column, [...keys]))
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return []
  const items = await db
    .select({ orderId: orderItems.orderId, sku: orderItems.sku, quantity: orderItems.quantity })
    .from(orderItems)
    .where(inArray(orderItems.orderId, ids))
    .orderBy(asc(orderItems.position))
  const refunded = await db
    .select({ orderId: refunds.orderId, minor: sum(sql`${refunds.amountMinor} - ${refunds.returnedMinor}`) })
    .from(refunds)
    .where(and(inArray(refunds.orderId, ids), ne(refunds.state, 'failed')))
    .groupBy(refunds.orderId)
  const parcels = await db
    .select({ orderId: shipments.orderId, trackingNumber: shipments.trackingNumber })
    .from(shipments)
    .where(and(inArray(shipments.orderId, ids), isNotNull(shipments.trackingNumber)))
    .orderBy(asc(shipments.shippedAt))
  const itemsOf = Map.groupBy(items, ({ orderId }) => orderId)
  const parcelsOf = Map.groupBy(parcels, ({ orderId }) => orderId)
  const refundedOf = new Map(refunded.map(({ orderId, minor }) => [orderId, Number(minor)]))
  const whole = new Map(
    rows.map((row) => [
      'ids' in wanted ? row.id : row.orderNumber,
      {
        ...row,
        refundedMinor: refundedOf.get(row.id) ?? 0,
        items: itemsOf.get(row.id) ?? [],
        trackingNumbers: (parcelsOf.get(row.id) ?? []).flatMap(({ trackingNumber }) => trackingNumber ?? []),
      },
    ]),
  )
  return keys.flatMap((key) => whole.get(key) ?? [])
}
