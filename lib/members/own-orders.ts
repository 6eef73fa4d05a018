import 'server-only'

import type { Database } from '@/db/client'
import { countMemberOrders, isMembersOrder, listMemberOrders, type OrderSummary } from '@/db/queries/member-orders'
import { readOrderHistories } from '@/db/queries/order-history'
import { findOrder } from '@/db/queries/orders'
import type { OrderView } from '@/lib/domain/order'
import { parseOrderNumber } from '@/lib/domain/order-number'
import { goneBackMinor } from '@/lib/domain/order-timeline'

import type { Member } from './member'

export const ORDERS_PER_PAGE = 10

/** `goneBackMinor`: what has been refunded or is on its way. */
type ListedOrder = OrderSummary & { readonly goneBackMinor: number }

export async function getOwnOrders(
  db: Database,
  member: Member,
  page: number,
): Promise<{ readonly orders: readonly ListedOrder[]; readonly pages: number }> {
  const pages = Math.max(Math.ceil((await countMemberOrders(db, member.memberId)) / ORDERS_PER_PAGE), 1)
  const offset = (Math.min(page, pages) - 1) * ORDERS_PER_PAGE
  const found = await listMemberOrders(db, member.memberId, { limit: ORDERS_PER_PAGE, offset })
  const histories = await readOrderHistories(
    db,
    found.map(({ orderNumber }) => orderNumber),
  )
  const orders = found.map((order) => {
    const history = histories.get(order.orderNumber)
    return { ...order, goneBackMinor: history ? goneBackMinor(history) : 0 }
  })
  return { orders, pages }
}

/** Another member's order is as missing as one that never was. */
export async function getOwnOrder(db: Database, member: Member, typed: string): Promise<OrderView | null> {
  const orderNumber = parseOrderNumber(typed)
  if (orderNumber === null || !(await isMembersOrder(db, member.memberId, orderNumber))) return null
  return (await findOrder(db, orderNumber))?.order ?? null
}
