import { createHash } from 'node:crypto'

import pg from 'pg'

import { paymentLimits } from '@/lib/domain/payment-limits'

/** Addresses of the running shop's surroundings, set by the global setup. */
function address(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run npm run test:e2e`)
  return value
}

/** Asks the shop's database; for what a person cannot do in the browser, such as changing a price behind their back. */
export async function query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client(address('E2E_DATABASE_URL'))
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

export interface TestProduct {
  readonly path: string
  readonly name: string
  readonly productId: number
  readonly variantId: number
}

/**
 * A product of the demonstration shop with plenty of one variant, another at each call: the shop itself counts them, so that
 * tests do not share stock, and the same tests at another size neither.
 */
export async function takeProduct(onHand = 20): Promise<TestProduct> {
  await query('create sequence if not exists e2e_products_taken')
  const [taken] = await query<{ before: number }>(`select nextval('e2e_products_taken')::int - 1 as before`)
  const rows = await query<{ slug: string; name: string; productId: number; id: number }>(
    `select p.slug, p.name, p.id as "productId", min(v.id) as id from products p join variants v on v.product_id = p.id and v.active
     join stock s on s.variant_id = v.id
     where p.state = 'active' group by p.id having bool_and(s.on_hand > 0) order by p.id`,
  )
  const row = rows[(taken?.before ?? 0) % rows.length]
  if (!row) throw new Error('the shop has no products')
  await query(
    'update stock s set on_hand = s.held + $2 from variants v where v.id = s.variant_id and v.product_id = (select product_id from variants where id = $1)',
    [row.id, onHand],
  )
  return { path: `/products/${row.slug}`, name: row.name, productId: row.productId, variantId: row.id }
}

/** Sets what is left of the variants in a cart that was just filled, beyond what payments hold. */
export async function setAvailable(productPath: string, available: number): Promise<void> {
  await query(
    `update stock s set on_hand = s.held + $2 from variants v, products p
     where v.id = s.variant_id and p.id = v.product_id and p.slug = $1`,
    [productPath.split('/').at(-1), available],
  )
}

export async function raisePrices(productPath: string, byMinor: number): Promise<void> {
  await query(
    `update variants v set price_minor = price_minor + $2 from products p where p.id = v.product_id and p.slug = $1`,
    [productPath.split('/').at(-1), byMinor],
  )
}

interface LedgerEntry {
  readonly kind: string
  readonly orderId: string
  readonly captureId: string
  readonly custom_id: string | null
  readonly status: string
}

/** How often a PayPal order was captured and refunded, from the simulator's own ledger. */
export async function readLedger(): Promise<LedgerEntry[]> {
  const response = await fetch(`${address('E2E_SIMULATOR_URL')}/_simulator/ledger`)
  const { entries } = (await response.json()) as { entries: LedgerEntry[] }
  return entries
}

async function control(path: string, body: object = {}): Promise<void> {
  const response = await fetch(`${address('E2E_SIMULATOR_URL')}/_simulator${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`the simulator refused ${path}: ${response.status}`)
}

/** One that the seed has left without a piece. `takeProduct` never fills it up. */
export async function soldOutProductPath(): Promise<string> {
  const [row] = await query<{ slug: string }>(
    `select p.slug from products p join variants v on v.product_id = p.id and v.active
     join stock s on s.variant_id = v.id
     where p.state = 'active' group by p.id having bool_and(s.on_hand = 0) order by p.id limit 1`,
  )
  if (!row) throw new Error('no product of the seed is sold out')
  return `/products/${row.slug}`
}

/** PayPal misbehaves at the next matching call. */
export async function orderFault(
  operation: string,
  fault: string,
  more: { delayMs?: number; issue?: string } = {},
): Promise<void> {
  await control('/faults', { operation, fault, times: 1, ...more })
}

/** Somebody disputes what was paid for this order. The seller has ten days to answer. */
export async function openDispute(orderNumber: string): Promise<void> {
  const [order] = await query<{ capture: string }>(
    'select paypal_capture_id as capture from orders where order_number = $1',
    [orderNumber],
  )
  const due = new Date(Date.now() + 10 * 86_400_000).toISOString()
  await control(`/captures/${order?.capture}/dispute`, { sellerResponseDueDate: due })
}

/** The buyer approves and PayPal takes the money without the shop, by the account's own credentials of the test stack. */
export async function payBehindTheShop(paypalOrderId: string): Promise<void> {
  await control(`/orders/${paypalOrderId}/approve`)
  const paypal = address('E2E_SIMULATOR_URL')
  const granted = await fetch(`${paypal}/v1/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('simulator-client:simulator-secret')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  const { access_token: token } = (await granted.json()) as { access_token: string }
  const captured = await fetch(`${paypal}/v2/checkout/orders/${paypalOrderId}/capture`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'paypal-request-id': `behind-${paypalOrderId}`,
    },
    body: '{}',
  })
  if (!captured.ok) throw new Error(`PayPal did not capture: ${captured.status} ${await captured.text()}`)
}

/** PayPal ends its review of what this buyer has paid. */
export async function endReview(email: string, decision: 'complete' | 'deny'): Promise<void> {
  const attempts = await attemptsOf(email)
  const waiting = (await readLedger()).find(
    (entry) =>
      entry.kind === 'capture' && entry.status === 'PENDING' && attempts.some(({ id }) => id === entry.custom_id),
  )
  if (!waiting) throw new Error(`PayPal reviews nothing that ${email} has paid`)
  await control(`/captures/${waiting.captureId}/${decision}`)
}

/** What somebody began to pay, oldest first: its state, the pieces kept for it, the order it became. */
export async function attemptsOf(
  email: string,
): Promise<{ id: string; state: string; held: number; orderNumber: string | null }[]> {
  return query(
    `select a.id, a.state, o.order_number as "orderNumber",
       (select coalesce(sum(quantity), 0)::int from stock_holds h where h.attempt_id = a.id and h.state = 'held') as held
     from payment_attempts a left join orders o on o.attempt_id = a.id
     where a.snapshot->>'email' = $1 order by a.created_at`,
    [email],
  )
}

/** Leaves an unfinished payment to whoever wakes it: nobody looks at it by the clock for long. */
export async function letRest(email: string): Promise<void> {
  await query(
    `update payment_attempts set next_action_at = now() + interval '1 day'
     where snapshot->>'email' = $1 and next_action_at is not null`,
    [email],
  )
}

/** The kinds of events about somebody's payments that were delivered to the shop and dealt with, oldest first. */
export async function eventsAbout(email: string): Promise<string[]> {
  const rows = await query<{ type: string }>(
    `select e.event_type as type from webhook_events e join payment_attempts a on a.paypal_order_id = e.paypal_order_id
     where a.snapshot->>'email' = $1 and e.source = 'delivered' and e.done_at is not null order by e.received_at`,
    [email],
  )
  return rows.map(({ type }) => type)
}

/** How many payments with this variant in them PayPal has captured. */
export async function capturesOfVariant(variantId: number): Promise<number> {
  const rows = await query<{ id: string }>('select attempt_id as id from stock_holds where variant_id = $1', [
    variantId,
  ])
  const attempts = new Set(rows.map((row) => row.id))
  const entries = await readLedger()
  return entries.filter((entry) => entry.kind === 'capture' && attempts.has(entry.custom_id ?? '')).length
}

/** Orders and captures of the whole shop, counted on both sides: they must agree at any time that nothing is under way. */
export async function countOrdersOf(orderNumber: string): Promise<{ orders: number; captures: number }> {
  const [row] = await query<{ orders: string; attempt: string }>(
    `select count(*) over () as orders, attempt_id as attempt from orders
     where cart_id = (select cart_id from orders where order_number = $1)`,
    [orderNumber],
  )
  const captures = (await readLedger()).filter((entry) => entry.kind === 'capture' && entry.custom_id === row?.attempt)
  return { orders: Number(row?.orders ?? 0), captures: captures.length }
}

/** As payments are counted by: an e-mail address, or a network. */
function countedAs(what: 'email' | 'network', value: string) {
  const hash = createHash('sha256').update(`limit:${value}`).digest('base64url')
  const limits = paymentLimits({ cartId: '', emailHash: hash, networkHash: hash })
  const limit = limits.find(({ key }) => key.includes(`:${what}:`))
  if (!limit) throw new Error(`payments are not counted by ${what}`)
  return limit
}

/** As if payments had been begun with this e-mail address until the shop asks for patience. */
export async function wearOut(email: string): Promise<void> {
  const { key, capacity } = countedAs('email', email)
  await query('insert into rate_limits (key, level) values ($1, $2)', [key, capacity])
}

/** As if others had gone on until even a payment that is approved has to wait. */
export async function wearOutBeyond(email: string): Promise<void> {
  const { key, capacity } = countedAs('email', email)
  await query('update rate_limits set level = $2, touched_at = now() where key = $1', [key, 2 * capacity])
}

export async function forgetCounts(): Promise<void> {
  await query('delete from rate_limits')
}

/** How many payments were begun from a network. */
export async function countOf(network: string): Promise<number> {
  const rows = await query<{ level: number }>('select level from rate_limits where key = $1', [
    countedAs('network', network).key,
  ])
  return rows[0]?.level ?? 0
}

/** Makes the time pass that buyers were told to wait. */
export async function waitAsTold(seconds: number): Promise<void> {
  await query('update rate_limit_turns set turn_at = turn_at - make_interval(secs => $1)', [seconds])
}
