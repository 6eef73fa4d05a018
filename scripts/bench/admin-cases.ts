import type pg from 'pg'

import { ORDER_STATES } from '@/lib/domain/order'
import { writeOrderCursor } from '@/lib/domain/order-cursor'
import { ORDER_SORTS, PAYMENT_FILTERS } from '@/lib/domain/order-filter'

/** A page of the back office that is measured. */
export interface AdminCase {
  readonly name: string
  readonly path: string
}

interface Sample {
  readonly order_number: string
  readonly email: string
  readonly name: string
  readonly capture: string
  readonly paypal_order: string
  readonly sku: string
  readonly tracking: string
  readonly refund: string
}

/** Behind which the oldest two hundred are, of all orders or of those of buyers so called. */
async function findLastCursor(client: pg.Client, called = ''): Promise<string | null> {
  const { rows } = await client.query<{ value: string; id: string }>(
    `select placed_at::text as value, id from orders where starts_with(address_name, $1) order by placed_at, id limit 1 offset 200`,
    [called],
  )
  return rows[0] ? writeOrderCursor(rows[0]) : null
}

/** The list with each way to search, filter and sort it, the figures over each span, an order, and the buyers. */
export async function listAdminCases(client: pg.Client): Promise<AdminCase[]> {
  const { rows } = await client.query<Sample>(
    `select o.order_number, o.email, o.address_name as name, o.paypal_capture_id as capture, a.paypal_order_id as paypal_order,
       i.sku, s.tracking_number as tracking,
       (select paypal_refund_id from refunds where paypal_refund_id is not null order by id limit 1) as refund
     from orders o join payment_attempts a on a.id = o.attempt_id join order_items i on i.order_id = o.id and i.position = 0
     join shipments s on s.order_id = o.id
     where o.placed_at < now() - interval '400 days' order by o.placed_at desc limit 1`,
  )
  const sample = rows[0]
  const last = await findLastCursor(client)
  const lastOfMost = await findLastCursor(client, 'Buyer')
  // An article that was only sold in the shop's first time, by db/seed/many-orders.ts.
  const early = await client.query<{ sku: string }>(
    `select sku from order_items where order_id = (select id from orders order by placed_at, id limit 1) and position = 0`,
  )
  if (!sample || last === null || lastOfMost === null)
    throw new Error('there is no order older than a year to look for')
  const list = (name: string, query: Record<string, string>): AdminCase => ({
    name,
    path: `/admin/orders?${new URLSearchParams(query)}`,
  })
  return [
    ...[7, 30, 90, 365].map((days) => ({ name: `figures of ${days} days`, path: `/admin?days=${days}` })),
    list('all orders', {}),
    list('oldest first', { sort: 'oldest' }),
    list('dearest first', { sort: 'dearest' }),
    list('cheapest first', { sort: 'cheapest' }),
    list('search by number', { q: sample.order_number }),
    list('search by e-mail', { q: sample.email }),
    list('search by how many e-mails begin', { q: 'buyer-1' }),
    list('search by name', { q: sample.name }),
    list('search by family name', { q: sample.name.split(' ').at(-1) ?? '' }),
    list('search by how most names begin', { q: 'buyer' }),
    list('search by SKU', { q: sample.sku }),
    list('search by how names of long ago begin', { q: 'early' }),
    list('search by how names of long ago begin, delivered', { q: 'early', state: 'delivered' }),
    list('search by SKU of long ago', { q: early.rows[0]?.sku ?? '' }),
    list('search by SKU of long ago, delivered', { q: early.rows[0]?.sku ?? '', state: 'delivered' }),
    list('search by SKU in small letters', { q: sample.sku.toLowerCase() }),
    list('search by tracking number', { q: sample.tracking }),
    list('search by PayPal’s order', { q: sample.paypal_order }),
    list('search by PayPal’s capture', { q: sample.capture }),
    list('search by PayPal’s refund', { q: sample.refund }),
    list('search by PayPal’s dispute', { q: 'PP-R-NOBODYS-1' }),
    list('search for what is not there', { q: 'nobody@nowhere.example' }),
    list('search by how most names begin, held', { q: 'buyer', held: '1' }),
    list('search by how most names begin, disputed and to Italy', { q: 'buyer', disputed: '1', country: 'IT' }),
    list('search by how many e-mails begin, cancelled to Italy', { q: 'buyer-1', state: 'cancelled', country: 'IT' }),
    list('search by family name, refunded', { q: sample.name.split(' ').at(-1) ?? '', payment: 'refunded' }),
    list('search by SKU, cancelled, oldest first', { q: sample.sku, state: 'cancelled', sort: 'oldest' }),
    list('search by name, dearest first', { q: sample.name, sort: 'dearest' }),
    list('the last pages of all orders', { after: last }),
    list('the last pages of a search by how most names begin', { q: 'buyer', after: lastOfMost }),
    list('the last pages of a search by SKU', { q: sample.sku, after: lastOfMost }),
    list('the last pages of what is delivered', { state: 'delivered', after: last }),
    ...ORDER_STATES.map((state) => list(`in the state ${state}`, { state })),
    ...ORDER_SORTS.map((sort) => list(`of two states, ${sort} first`, { state: 'created,processing', sort })),
    list('cancelled, oldest first', { state: 'cancelled', sort: 'oldest' }),
    ...PAYMENT_FILTERS.map((payment) => list(payment, { payment })),
    list('refunded, largest first', { payment: 'refunded', sort: 'dearest' }),
    list('to Italy', { country: 'IT' }),
    list('since a year', { from: '2025-06-01' }),
    list('until a year ago', { until: '2025-06-01' }),
    list('of a month', { from: '2025-01-01', until: '2025-01-31' }),
    list('held', { held: '1' }),
    list('disputed', { disputed: '1' }),
    list('held, paid and to Italy', { held: '1', payment: 'paid', country: 'IT' }),
    list('cancelled to Italy in a year, dearest first', {
      state: 'cancelled',
      country: 'IT',
      from: '2025-01-01',
      until: '2025-12-31',
      sort: 'dearest',
    }),
    { name: 'an order', path: `/admin/orders/${sample.order_number}` },
    { name: 'buyers', path: '/admin/customers' },
    { name: 'guests', path: '/admin/customers?kind=guests' },
    {
      name: 'search for a buyer by family name',
      path: `/admin/customers?kind=guests&q=${encodeURIComponent(sample.name.split(' ').at(-1) ?? '')}`,
    },
    { name: 'search for a buyer', path: `/admin/customers?q=${encodeURIComponent(sample.email)}` },
  ]
}
