import type pg from 'pg'

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
}

/** The list with each way to search, filter and sort it, the figures over each span, an order, and the buyers. */
export async function listAdminCases(client: pg.Client): Promise<AdminCase[]> {
  const { rows } = await client.query<Sample>(
    `select o.order_number, o.email, o.address_name as name, o.paypal_capture_id as capture, a.paypal_order_id as paypal_order,
       i.sku, s.tracking_number as tracking
     from orders o join payment_attempts a on a.id = o.attempt_id join order_items i on i.order_id = o.id and i.position = 0
     join shipments s on s.order_id = o.id
     where o.placed_at < now() - interval '400 days' order by o.placed_at desc limit 1`,
  )
  const sample = rows[0]
  if (!sample) throw new Error('there is no order older than a year to look for')
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
    list('search by SKU', { q: sample.sku }),
    list('search by tracking number', { q: sample.tracking }),
    list('search by PayPal’s order', { q: sample.paypal_order }),
    list('search by PayPal’s capture', { q: sample.capture }),
    list('search for what is not there', { q: 'nobody@nowhere.example' }),
    list('to pack', { state: 'created' }),
    list('delivered', { state: 'delivered' }),
    list('cancelled, oldest first', { state: 'cancelled', sort: 'oldest' }),
    list('refunded', { payment: 'refunded' }),
    list('paid', { payment: 'paid' }),
    list('to Italy', { country: 'IT' }),
    list('of a month', { from: '2025-01-01', until: '2025-01-31' }),
    list('held', { held: '1' }),
    list('disputed', { disputed: '1' }),
    list('cancelled to Italy in a year, dearest first', {
      state: 'cancelled',
      country: 'IT',
      from: '2025-01-01',
      until: '2025-12-31',
      sort: 'dearest',
    }),
    { name: 'an order', path: `/admin/orders/${sample.order_number}` },
    { name: 'buyers', path: '/admin/customers' },
    { name: 'search for a buyer', path: `/admin/customers?q=${encodeURIComponent(sample.email)}` },
  ]
}
