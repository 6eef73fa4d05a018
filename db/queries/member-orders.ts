import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm'

import type { Cart } from '@/lib/domain/cart'
import { isCurrency, type Money } from '@/lib/domain/money'
import type { OrderItemView, OrderState } from '@/lib/domain/order'

import type { Queryable, Transaction } from '../client'
import { orderItems, orders } from '../schema/orders'

/** Earlier orders of guests who gave this address become the member's; only once the address is proved. */
export async function claimGuestOrders(tx: Transaction, memberId: string, email: string): Promise<void> {
  await tx
    .update(orders)
    .set({ memberId })
    .where(and(eq(orders.email, email), isNull(orders.memberId)))
}

export interface OrderSummary {
  readonly orderNumber: string
  readonly state: OrderState
  readonly placedAt: Date
  readonly total: Money
  readonly items: readonly (OrderItemView & { readonly variantId: number })[]
}

/** A member's orders, the newest first. */
export async function listMemberOrders(
  db: Queryable,
  memberId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<OrderSummary[]> {
  const rows = await db
    .select()
    .from(orders)
    .where(eq(orders.memberId, memberId))
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(limit)
    .offset(offset)
  if (rows.length === 0) return []
  const items = await db
    .select()
    .from(orderItems)
    .where(
      inArray(
        orderItems.orderId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(asc(orderItems.position))
  const byOrder = Map.groupBy(items, (item) => item.orderId)
  return rows.map(({ id, orderNumber, state, placedAt, totalMinor, currency }) => {
    if (!isCurrency(currency)) throw new Error(`order ${orderNumber} is in an unknown currency`)
    return { orderNumber, state, placedAt, total: { minor: totalMinor, currency }, items: byOrder.get(id) ?? [] }
  })
}

export async function countMemberOrders(db: Queryable, memberId: string): Promise<number> {
  const [row] = await db.select({ count: count() }).from(orders).where(eq(orders.memberId, memberId))
  return row?.count ?? 0
}

/** True for the member's own; another member's order is as missing as one that never was. */
export async function isMembersOrder(db: Queryable, memberId: string, orderNumber: string): Promise<boolean> {
  const [row] = await db
    .select({ one: sql`1` })
    .from(orders)
    .where(and(eq(orders.memberId, memberId), eq(orders.orderNumber, orderNumber)))
  return row !== undefined
}

/** What was bought with a member's order, as lines of a cart. */
export async function listBoughtItems(db: Queryable, memberId: string, orderNumber: string): Promise<Cart['items']> {
  const rows = await db
    .select({ variantId: orderItems.variantId, quantity: orderItems.quantity })
    .from(orderItems)
    .innerJoin(orders, eq(orders.id, orderItems.orderId))
    .where(and(eq(orders.memberId, memberId), eq(orders.orderNumber, orderNumber)))
    .orderBy(asc(orderItems.position))
  return rows.map(({ variantId, quantity }) => [variantId, quantity])
}

/** What was bought of a cart; empty while it has not become an order. */
export async function listItemsBoughtOfCart(db: Queryable, cartId: string): Promise<Cart['items']> {
  const rows = await db
    .select({ variantId: orderItems.variantId, quantity: orderItems.quantity })
    .from(orderItems)
    .innerJoin(orders, eq(orders.id, orderItems.orderId))
    .where(eq(orders.cartId, cartId))
  return rows.map(({ variantId, quantity }) => [variantId, quantity])
}

/** Whether this number belongs to an order with this address, for a guest who looks it up. */
export async function hasOrder(db: Queryable, orderNumber: string, email: string): Promise<boolean> {
  const [row] = await db
    .select({ one: sql`1` })
    .from(orders)
    .where(and(eq(orders.orderNumber, orderNumber), eq(orders.email, email)))
  return row !== undefined
}
