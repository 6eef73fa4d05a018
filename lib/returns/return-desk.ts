import 'server-only'

import { z } from 'zod'

import { getDatabase, type Database } from '@/db/client'
import { listOrderEvents } from '@/db/queries/fulfilment'
import { findOrder, findOrderNumber } from '@/db/queries/orders'
import { findRefund } from '@/db/queries/refunds'
import { findReturn, listReturnItems, listReturns, type ListedReturn } from '@/db/queries/returns'
import type { Admin } from '@/lib/admin/admin'
import type { ReturnState } from '@/lib/domain/return'

export const RETURNS_SHOWN_MAX = 200

export async function getReturns(
  db: Database,
  _admin: Admin<'orders.read'>,
  states: readonly ReturnState[],
  { newestFirst }: { newestFirst: boolean },
): Promise<ListedReturn[]> {
  return listReturns(db, states, { limit: RETURNS_SHOWN_MAX, newestFirst })
}

/** Whether there is a return of this id. What is in it is asked for by `getReturnDesk`. */
export async function isReturnId(typed: string): Promise<boolean> {
  const id = z.uuid().safeParse(typed)
  return id.success && (await findReturn(getDatabase(), id.data)) !== null
}

/** Everything that staff know of a return; null when there is none of this id. */
export async function getReturnDesk(db: Database, _admin: Admin<'orders.read'>, typed: string) {
  const id = z.uuid().safeParse(typed)
  const row = id.success ? await findReturn(db, id.data) : null
  const orderNumber = row && (await findOrderNumber(db, row.orderId))
  const found = orderNumber ? await findOrder(db, orderNumber) : null
  if (!row || !found) return null
  const [items, events, refund] = await Promise.all([
    listReturnItems(db, row.id),
    listOrderEvents(db, row.orderId),
    row.refundId === null ? null : findRefund(db, row.refundId),
  ])
  return { row, order: found.order, items, events, refund }
}

export type ReturnDesk = NonNullable<Awaited<ReturnType<typeof getReturnDesk>>>
