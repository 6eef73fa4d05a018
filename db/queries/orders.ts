import { asc, eq, getTableColumns, sql } from 'drizzle-orm'

import type { Address } from '@/lib/domain/address'
import type { AttemptSnapshot } from '@/lib/domain/attempt-snapshot'
import type { OrderState, OrderView } from '@/lib/domain/order'
import { isCurrency } from '@/lib/domain/money'

import type { Queryable, Transaction } from '../client'
import { members } from '../schema/members'
import { orderItems, orders } from '../schema/orders'

export interface NewOrder {
  readonly id: string
  readonly orderNumber: string
  readonly cartId: string
  readonly attemptId: string
  readonly paypalCaptureId: string
  readonly buyerKeyHash: string
  readonly memberId: string | null
  readonly snapshot: AttemptSnapshot
}

/** The order and its items, from the frozen snapshot. Foreign keys refuse it without exactly its capture. */
export async function insertOrder(tx: Transaction, order: NewOrder): Promise<void> {
  const { snapshot, ...identity } = order
  const { address, delivery, lines } = snapshot
  await tx.insert(orders).values({
    ...identity,
    memberId: identity.memberId ?? memberOfAddress(snapshot.email),
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
    discounts: [...(snapshot.discounts ?? [])],
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

/** A guest's order goes into the account of whoever has proved the address. */
function memberOfAddress(email: string) {
  return sql<string>`(select ${members.id} from ${members}
    where ${members.email} = ${email} and ${members.emailVerifiedAt} is not null)`
}

export interface OrderIdentity {
  readonly id: string
  readonly orderNumber: string
  readonly attemptId: string
  readonly paypalCaptureId: string
  readonly buyerKeyHash: string
}

const identity = {
  id: orders.id,
  orderNumber: orders.orderNumber,
  attemptId: orders.attemptId,
  paypalCaptureId: orders.paypalCaptureId,
  buyerKeyHash: orders.buyerKeyHash,
}

export async function findOrderOfCart(db: Queryable, cartId: string): Promise<OrderIdentity | null> {
  const [row] = await db.select(identity).from(orders).where(eq(orders.cartId, cartId))
  return row ?? null
}

export async function findOrderIdentity(db: Queryable, orderNumber: string): Promise<OrderIdentity | null> {
  const [row] = await db.select(identity).from(orders).where(eq(orders.orderNumber, orderNumber))
  return row ?? null
}

export async function findOrderOfAttempt(db: Queryable, attemptId: string): Promise<OrderIdentity | null> {
  const [row] = await db.select(identity).from(orders).where(eq(orders.attemptId, attemptId))
  return row ?? null
}

export async function findOrderNumber(db: Queryable, id: string): Promise<string | null> {
  const [row] = await db.select({ orderNumber: orders.orderNumber }).from(orders).where(eq(orders.id, id))
  return row?.orderNumber ?? null
}

export async function readOrderState(db: Queryable, id: string): Promise<OrderState | null> {
  const [row] = await db.select({ state: orders.state }).from(orders).where(eq(orders.id, id))
  return row?.state ?? null
}

/** Where mail about an order goes. */
export async function findOrderEmail(db: Queryable, id: string): Promise<string | null> {
  const [row] = await db.select({ email: orders.email }).from(orders).where(eq(orders.id, id))
  return row?.email ?? null
}

export function toAddress(row: typeof orders.$inferSelect): Address {
  return {
    name: row.addressName,
    line1: row.addressLine1,
    line2: row.addressLine2,
    city: row.addressCity,
    region: row.addressRegion,
    postalCode: row.addressPostalCode,
    country: row.addressCountry,
  }
}

/** A whole order with the hash of the key of whoever bought it; who may see it is the caller's question. */
export async function findOrder(
  db: Queryable,
  orderNumber: string,
): Promise<{ order: OrderView; buyerKeyHash: string; memberId: string | null; isRecent: boolean } | null> {
  const isRecent = sql<boolean>`${orders.placedAt} > now() - interval '1 day'`
  const [row] = await db
    .select({ ...getTableColumns(orders), isRecent })
    .from(orders)
    .where(eq(orders.orderNumber, orderNumber))
  if (!row) return null
  if (!isCurrency(row.currency)) throw new Error(`order ${orderNumber} is in an unknown currency`)
  const items = await db
    .select()
    .from(orderItems)
    .where(eq(orderItems.orderId, row.id))
    .orderBy(asc(orderItems.position))
  return {
    buyerKeyHash: row.buyerKeyHash,
    memberId: row.memberId,
    isRecent: row.isRecent,
    order: {
      orderNumber: row.orderNumber,
      state: row.state,
      placedAt: row.placedAt,
      email: row.email,
      address: toAddress(row),
      deliveryName: row.deliveryName,
      deliveryEstimate: row.deliveryEstimate,
      items,
      itemsMinor: row.itemsMinor,
      discounts: row.discounts,
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
