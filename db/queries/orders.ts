import { asc, eq } from 'drizzle-orm'

import type { AttemptSnapshot } from '@/lib/domain/attempt-snapshot'
import type { OrderView } from '@/lib/domain/order'
import { isCurrency } from '@/lib/domain/money'

import type { Queryable, Transaction } from '../client'
import { orderItems, orders } from '../schema/orders'

export interface NewOrder {
  readonly id: string
  readonly orderNumber: string
  readonly cartId: string
  readonly attemptId: string
  readonly paypalCaptureId: string
  readonly buyerKeyHash: string
  readonly snapshot: AttemptSnapshot
}

/** The order and its items, from the frozen snapshot. Foreign keys refuse it without exactly its capture. */
export async function insertOrder(tx: Transaction, order: NewOrder): Promise<void> {
  const { snapshot, ...identity } = order
  const { address, delivery, lines } = snapshot
  await tx.insert(orders).values({
    ...identity,
    email: snapshot.email,
    addressName: address.name,
    addressLine1: address.line1,
    addressLine2: address.line2,
    addressCity: address.city,
    addressRegion: address.region,
    addressPostalCode: address.postalCode,
    addressCountry: address.country,
    deliveryName: delivery.name,
    deliveryEstimate: delivery.estimate,
    itemsMinor: snapshot.itemsMinor,
    discountMinor: snapshot.discountMinor,
    deliveryMinor: snapshot.deliveryMinor,
    taxMinor: snapshot.taxMinor,
    taxIncluded: snapshot.taxIncluded,
    taxLabel: snapshot.taxLabel,
    totalMinor: snapshot.totalMinor,
    currency: snapshot.currency,
  })
  await tx.insert(orderItems).values(
    lines.map((line, position) => ({
      ...line,
      options: [...line.options],
      orderId: order.id,
      position,
    })),
  )
}

export interface OrderIdentity {
  readonly id: string
  readonly orderNumber: string
  readonly attemptId: string
  readonly buyerKeyHash: string
}

const identity = {
  id: orders.id,
  orderNumber: orders.orderNumber,
  attemptId: orders.attemptId,
  buyerKeyHash: orders.buyerKeyHash,
}

export async function findOrderOfCart(db: Queryable, cartId: string): Promise<OrderIdentity | null> {
  const [row] = await db.select(identity).from(orders).where(eq(orders.cartId, cartId))
  return row ?? null
}

export async function findOrderOfAttempt(db: Queryable, attemptId: string): Promise<OrderIdentity | null> {
  const [row] = await db.select(identity).from(orders).where(eq(orders.attemptId, attemptId))
  return row ?? null
}

/** A whole order with the hash of the key of whoever bought it; who may see it is the caller's question. */
export async function findOrder(
  db: Queryable,
  orderNumber: string,
): Promise<{ order: OrderView; buyerKeyHash: string } | null> {
  const [row] = await db.select().from(orders).where(eq(orders.orderNumber, orderNumber))
  if (!row) return null
  if (!isCurrency(row.currency)) throw new Error(`order ${orderNumber} is in an unknown currency`)
  const items = await db
    .select()
    .from(orderItems)
    .where(eq(orderItems.orderId, row.id))
    .orderBy(asc(orderItems.position))
  return {
    buyerKeyHash: row.buyerKeyHash,
    order: {
      orderNumber: row.orderNumber,
      state: row.state,
      placedAt: row.placedAt,
      email: row.email,
      address: {
        name: row.addressName,
        line1: row.addressLine1,
        line2: row.addressLine2,
        city: row.addressCity,
        region: row.addressRegion,
        postalCode: row.addressPostalCode,
        country: row.addressCountry,
      },
      deliveryName: row.deliveryName,
      deliveryEstimate: row.deliveryEstimate,
      items,
      itemsMinor: row.itemsMinor,
      discountMinor: row.discountMinor,
      deliveryMinor: row.deliveryMinor,
      taxMinor: row.taxMinor,
      taxIncluded: row.taxIncluded,
      taxLabel: row.taxLabel,
      total: { minor: row.totalMinor, currency: row.currency },
      paypalCaptureId: row.paypalCaptureId,
    },
  }
}
