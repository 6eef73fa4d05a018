import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { listOrdersToExport, type ExportedOrder } from '@/db/queries/order-export'
import { cursorOf, listOrders } from '@/db/queries/order-list'
import { csvLine } from '@/lib/domain/csv'
import { invoiceNumber } from '@/lib/domain/invoice'
import { isCurrency, toDecimalString } from '@/lib/domain/money'
import type { OrderCursor } from '@/lib/domain/order-cursor'
import { orderQuery, type OrderFilter } from '@/lib/domain/order-filter'

import { actorOf, type Admin } from './admin'

const AT_ONCE = 500

const HEAD = [
  'order',
  'placed_at',
  'state',
  'email',
  'name',
  'line1',
  'line2',
  'city',
  'region',
  'postal_code',
  'country',
  'delivery',
  'items',
  'items_total',
  'discount',
  'delivery_price',
  'tax_label',
  'tax',
  'total',
  'refunded',
  'currency',
  'invoice',
  'paypal_capture',
  'tracking_numbers',
]

export type ExportWish = { readonly filter: OrderFilter } | { readonly orderNumbers: readonly string[] }

/** The lines of a CSV file, written down in the audit log before the first of them. However many orders: it reads on as it is read. */
export async function* exportOrders(
  db: Database,
  admin: Admin<'orders.export'>,
  wish: ExportWish,
): AsyncGenerator<string> {
  await inTransaction(db, (tx) =>
    appendAudit(tx, {
      ...actorOf(admin),
      action: 'orders.exported',
      subject: 'orders',
      before: null,
      after: 'filter' in wish ? { filter: withoutSearch(wish.filter) } : { orders: wish.orderNumbers.length },
    }),
  )
  yield csvLine(HEAD)
  if ('orderNumbers' in wish) {
    yield* linesOf(await listOrdersToExport(db, { orderNumbers: wish.orderNumbers }))
    return
  }
  let after: OrderCursor | null = null
  for (;;) {
    const page: Awaited<ReturnType<typeof listOrders>> = await listOrders(db, wish.filter, { after, limit: AT_ONCE })
    yield* linesOf(await listOrdersToExport(db, { ids: page.map(({ id }) => id) }))
    const last = page.at(-1)
    if (page.length < AT_ONCE || !last) return
    after = cursorOf(last, wish.filter.sort)
  }
}

/** Whom somebody has searched for stays erasable, which the log is not. */
function withoutSearch(filter: OrderFilter): string {
  return orderQuery({ ...filter, search: null })
}

function* linesOf(orders: readonly ExportedOrder[]): Generator<string> {
  for (const order of orders) yield toLine(order)
}

function toLine(order: ExportedOrder): string {
  const { currency } = order
  if (!isCurrency(currency)) throw new Error(`order ${order.orderNumber} is in an unknown currency`)
  const amount = (minor: number) => toDecimalString({ minor, currency })
  return csvLine([
    order.orderNumber,
    order.placedAt.toISOString(),
    order.state,
    order.email,
    order.addressName,
    order.addressLine1,
    order.addressLine2,
    order.addressCity,
    order.addressRegion,
    order.addressPostalCode,
    order.addressCountry,
    order.deliveryName,
    order.items.map(({ sku, quantity }) => `${quantity} x ${sku}`).join('; '),
    amount(order.itemsMinor),
    amount(order.discountMinor),
    amount(order.deliveryMinor),
    order.taxLabel,
    amount(order.taxMinor),
    amount(order.totalMinor),
    amount(order.refundedMinor),
    currency,
    order.invoiceNumber === null ? null : invoiceNumber(order.invoiceNumber),
    order.paypalCaptureId,
    order.trackingNumbers.join('; '),
  ])
}
