import { and, asc, eq, exists, gt, inArray, isNull, ne, notExists, sql, type SQL } from 'drizzle-orm'

import type { Address } from '@/lib/domain/address'
import type { FulfillableOrder, ParcelItem } from '@/lib/domain/fulfilment'
import type { OrderState } from '@/lib/domain/order'
import type { OrderEventData, OrderEventKind } from '@/lib/domain/order-event'

import type { Queryable, Transaction } from '../client'
import { orderHolds } from '../schema/disputes'
import { orderEvents, shipmentItems, shipments } from '../schema/fulfilment'
import { orderItems, orders } from '../schema/orders'
import { refundItems, refunds } from '../schema/refunds'
import { returns } from '../schema/returns'
import { toAddress } from './orders'

export type OrderEventRow = typeof orderEvents.$inferSelect
export type ShipmentRow = typeof shipments.$inferSelect

export interface LockedOrder extends FulfillableOrder {
  readonly id: string
  readonly orderNumber: string
  readonly email: string
  readonly paypalCaptureId: string
  readonly address: Address
  readonly items: readonly (FulfillableOrder['items'][number] & {
    readonly productName: string
    readonly sku: string
    readonly options: readonly { readonly name: string; readonly value: string }[]
  })[]
}

/** An order with what was sent and refunded of it, locked: two people who act on it do so one after the other. */
export async function lockOrder(tx: Transaction, orderNumber: string): Promise<LockedOrder | null> {
  const [row] = await tx.select().from(orders).where(eq(orders.orderNumber, orderNumber)).for('update')
  if (!row) return null
  const holds = await tx.$count(orderHolds, and(eq(orderHolds.orderId, row.id), isNull(orderHolds.releasedAt)))
  return {
    id: row.id,
    orderNumber,
    email: row.email,
    paypalCaptureId: row.paypalCaptureId,
    state: row.state,
    isHeld: holds > 0,
    address: toAddress(row),
    items: await listFulfillableItems(tx, row.id),
  }
}

export async function listFulfillableItems(db: Queryable, orderId: string): Promise<LockedOrder['items']> {
  const shipped = db
    .select({ quantity: sql<string>`coalesce(sum(${shipmentItems.quantity}), 0)` })
    .from(shipmentItems)
    .where(and(eq(shipmentItems.orderId, orderItems.orderId), eq(shipmentItems.position, orderItems.position)))
  const refunded = refundedPieces(db)
  const returned = refundedPieces(db, exists(returnOfRefund(db)))
  const refunding = refundedPieces(db, and(ne(refunds.state, 'completed'), notExists(returnOfRefund(db))))
  return db
    .select({
      position: orderItems.position,
      quantity: orderItems.quantity,
      productName: orderItems.productName,
      sku: orderItems.sku,
      options: orderItems.options,
      shippedQuantity: sql<number>`(${shipped})::int`,
      refundedQuantity: sql<number>`(${refunded})::int`,
      returnedQuantity: sql<number>`(${returned})::int`,
      refundingQuantity: sql<number>`(${refunding})::int`,
    })
    .from(orderItems)
    .where(eq(orderItems.orderId, orderId))
    .orderBy(asc(orderItems.position))
}

function refundedPieces(db: Queryable, only?: SQL) {
  return db
    .select({ quantity: sql<string>`coalesce(sum(${refundItems.quantity}), 0)` })
    .from(refundItems)
    .innerJoin(refunds, eq(refunds.id, refundItems.refundId))
    .where(
      and(
        eq(refundItems.orderId, orderItems.orderId),
        eq(refundItems.position, orderItems.position),
        ne(refunds.state, 'failed'),
        only,
      ),
    )
}

function returnOfRefund(db: Queryable) {
  return db
    .select({ one: sql`1` })
    .from(returns)
    .where(eq(returns.refundId, refunds.id))
}

/** The database refuses a move that the order's life does not have, and any move of a held order. */
export async function moveOrder(tx: Transaction, id: string, to: OrderState): Promise<void> {
  const deliveredAt = to === 'delivered' ? { deliveredAt: sql`now()` } : {}
  await tx
    .update(orders)
    .set({ state: to, ...deliveredAt })
    .where(eq(orders.id, id))
}

export async function updateOrderAddress(tx: Transaction, id: string, address: Address): Promise<void> {
  await tx
    .update(orders)
    .set({
      addressName: address.name,
      addressLine1: address.line1,
      addressLine2: address.line2,
      addressCity: address.city,
      addressRegion: address.region,
      addressPostalCode: address.postalCode,
      addressCountry: address.country,
    })
    .where(eq(orders.id, id))
}

export async function insertOrderEvent(
  tx: Transaction,
  event: { orderId: string; kind: OrderEventKind; actorEmail: string; data?: OrderEventData },
): Promise<void> {
  await tx.insert(orderEvents).values({ ...event, data: event.data ?? {} })
}

/** What staff have done to an order after the event of this id; all of it for 0. */
export async function listOrderEvents(db: Queryable, orderId: string, afterId = 0): Promise<OrderEventRow[]> {
  return db
    .select()
    .from(orderEvents)
    .where(and(eq(orderEvents.orderId, orderId), gt(orderEvents.id, afterId)))
    .orderBy(asc(orderEvents.id))
}

export interface NewShipment {
  readonly id: string
  readonly orderId: string
  readonly carrierCode: string
  readonly carrier: string
  readonly trackingNumber: string | null
}

/** A parcel with its items. PayPal is told as soon as the worker looks, if there is a number to tell. */
export async function insertShipment(
  tx: Transaction,
  shipment: NewShipment,
  items: readonly ParcelItem[],
): Promise<void> {
  const tellPaypalAt = shipment.trackingNumber === null ? null : sql`now()`
  await tx.insert(shipments).values({ ...shipment, tellPaypalAt })
  await tx
    .insert(shipmentItems)
    .values(items.map((item) => ({ ...item, shipmentId: shipment.id, orderId: shipment.orderId })))
}

export async function findShipment(db: Queryable, id: string): Promise<ShipmentRow | null> {
  const [row] = await db.select().from(shipments).where(eq(shipments.id, id))
  return row ?? null
}

export async function listShipments(
  db: Queryable,
  orderIds: readonly string[],
): Promise<(ShipmentRow & { items: { position: number; quantity: number }[] })[]> {
  if (orderIds.length === 0) return []
  const rows = await db
    .select()
    .from(shipments)
    .where(inArray(shipments.orderId, [...orderIds]))
    .orderBy(asc(shipments.shippedAt), asc(shipments.id))
  const items = await db
    .select()
    .from(shipmentItems)
    .where(inArray(shipmentItems.orderId, [...orderIds]))
    .orderBy(asc(shipmentItems.position))
  const byShipment = Map.groupBy(items, ({ shipmentId }) => shipmentId)
  return rows.map((row) => ({
    ...row,
    items: (byShipment.get(row.id) ?? []).map(({ position, quantity }) => ({ position, quantity })),
  }))
}
