import 'server-only'

import { z } from 'zod'

import { getDatabase, type Database } from '@/db/client'
import { listOrderEvents } from '@/db/queries/fulfilment'
import { findOrder, findOrderNumber } from '@/db/queries/orders'
import { findRefund } from '@/db/queries/refunds'
import { findReturn, listReturnItems, listReturns, type ListedReturn } from '@/db/queries/returns'
import type { Admin } from '@/lib/admin/admin'
import type { ReturnState } from '@/lib/domain/return'
import { readTimeCursor, writeTimeCursor } from '@/lib/domain/time-cursor'

export const RETURNS_PER_PAGE = 50

/** A page of the list and where the next one begins; null after the last. `after` is what an address says. */
export async function getReturns(
  db: Database,
  _admin: Admin<'orders.read'>,
  states: readonly ReturnState[],
  { newestFirst, after }: { newestFirst: boolean; after: unknown },
): Promise<{ readonly returns: readonly ListedReturn[]; readonly isFirst: boolean; readonly next: string | null }> {
  const cursor = readTimeCursor(after, z.uuid())
  const found = await listReturns(db, states, { limit: RETURNS_PER_PAGE + 1, newestFirst, after: cursor })
  const returns = found.slice(0, RETURNS_PER_PAGE)
  const last = returns.at(-1)
  const next = found.length > RETURNS_PER_PAGE && last ? writeTimeCursor({ at: last.askedAtText, id: last.id }) : null
  return { returns, isFirst: cursor === null, next }
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
