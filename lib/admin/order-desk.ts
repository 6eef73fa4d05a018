import 'server-only'

import { getDatabase, type Database } from '@/db/client'
import { listFulfillableItems, listOrderEvents, listShipments } from '@/db/queries/fulfilment'
import {
  countWaiting,
  listDisputesOfOrder,
  listRefundsOfOrder,
  readOrderMoney,
  readTakings,
  type Takings,
} from '@/db/queries/order-desk'
import {
  countPapersInTrouble,
  findFailedPaper,
  findInvoiceIssue,
  listCreditNotes,
  listInvoices,
} from '@/db/queries/papers'
import { listHolds } from '@/db/queries/order-holds'
import { cursorOf, listOrders, type ListedOrder } from '@/db/queries/order-list'
import { findOrder, findOrderIdentity } from '@/db/queries/orders'
import { countGivenUpParcels } from '@/db/queries/parcels'
import { countReturns, listReturnsOfOrder } from '@/db/queries/returns'
import { countLow } from '@/db/queries/stock-desk'
import type { OrderCursor } from '@/lib/domain/order-cursor'
import type { OrderFilter } from '@/lib/domain/order-filter'
import { parseOrderNumber } from '@/lib/domain/order-number'
import { RETURN_STATES, waitsForStaff } from '@/lib/domain/return'
import { listOrderMails } from '@/lib/mail/order-mails'

import type { Admin } from './admin'
import { listMissingRates } from './settings/exchange-rates'

export type { Takings }

export const ORDERS_PER_PAGE = 50
/** Beyond this it is only said that there are more. */
export const LOW_COUNTED = 500

/** A page of the list and where the next one begins; null after the last. */
export async function getOrderPage(
  db: Database,
  _admin: Admin<'orders.read'>,
  filter: OrderFilter,
  after: OrderCursor | null,
): Promise<{ readonly orders: readonly ListedOrder[]; readonly next: OrderCursor | null }> {
  const found = await listOrders(db, filter, { after, limit: ORDERS_PER_PAGE + 1 })
  const orders = found.slice(0, ORDERS_PER_PAGE)
  const last = orders.at(-1)
  return { orders, next: found.length > ORDERS_PER_PAGE && last ? cursorOf(last, filter.sort) : null }
}

/** Whether there is an order of this number. What is in it is asked for by `getOrderDesk`. */
export async function isOrderNumber(typed: string): Promise<boolean> {
  const orderNumber = parseOrderNumber(typed)
  return orderNumber !== null && (await findOrderIdentity(getDatabase(), orderNumber)) !== null
}

/** Everything that staff know of an order; null when there is none of this number. */
export async function getOrderDesk(db: Database, _admin: Admin<'orders.read'>, typed: string) {
  const orderNumber = parseOrderNumber(typed)
  const identity = orderNumber === null ? null : await findOrderIdentity(db, orderNumber)
  const found = orderNumber === null ? null : await findOrder(db, orderNumber)
  if (!identity || !found) return null
  const [items, shipments, events, allHolds, disputes, refunds, money, invoices, invoiceIssue, creditNotes, returns] =
    await Promise.all([
      listFulfillableItems(db, identity.id),
      listShipments(db, [identity.id]),
      listOrderEvents(db, identity.id),
      listHolds(db, identity.id),
      listDisputesOfOrder(db, identity.id),
      listRefundsOfOrder(db, identity.id),
      readOrderMoney(db, identity.id),
      listInvoices(db, [found.order.orderNumber]),
      findInvoiceIssue(db, identity.id),
      listCreditNotes(db, found.order.orderNumber),
      listReturnsOfOrder(db, found.order.orderNumber),
    ])
  const { order, memberId } = found
  const invoice = invoices[0] ?? null
  const holds = allHolds.filter(({ releasedAt }) => releasedAt === null)
  const mails = await listOrderMails(db, { id: identity.id, shipments, refunds, returns, events })
  return {
    order,
    memberId,
    items,
    shipments,
    events,
    holds,
    allHolds,
    mails,
    disputes,
    refunds,
    money,
    invoice,
    invoiceIssue,
    creditNotes,
    returns,
  }
}

export type OrderDesk = NonNullable<Awaited<ReturnType<typeof getOrderDesk>>>

/** What waits for a person, and today's takings beside those of yesterday until the same time. Days are UTC. */
export async function getToday(db: Database, _admin: Admin<'desk.open'>, now: Date = new Date()) {
  const midnight = new Date(now)
  midnight.setUTCHours(0, 0, 0, 0)
  const dayBefore = (date: Date) => new Date(date.getTime() - 86_400_000)
  const [waiting, returns, parcels, papers, failedPaper, missingRates, lowStock, today, yesterday] = await Promise.all([
    countWaiting(db),
    countReturns(db, RETURN_STATES.filter(waitsForStaff)),
    countGivenUpParcels(db),
    countPapersInTrouble(db),
    findFailedPaper(db),
    listMissingRates(db, now),
    countLow(db, LOW_COUNTED),
    readTakings(db, midnight, now),
    readTakings(db, dayBefore(midnight), dayBefore(now)),
  ])
  const counted = { ...waiting, returns, parcels, papers, failedPaper, missingRates: missingRates.length }
  return {
    waiting: counted,
    lowStock,
    today,
    yesterday,
  }
}
