import pg from 'pg'

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
  readonly variantId: number
}

let used = 0

/**
 * A card of the demonstration shop with one variant and plenty of it, another at each call, so that tests running side by
 * side do not share stock.
 */
export async function takeProduct(onHand = 20): Promise<TestProduct> {
  const worker = Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)
  const rows = await query<{ slug: string; name: string; id: number }>(
    `select p.slug, p.name, min(v.id) as id from products p join variants v on v.product_id = p.id and v.active
     join stock s on s.variant_id = v.id
     where p.state = 'active' group by p.id having bool_and(s.on_hand > 0) order by p.id`,
  )
  const row = rows[(worker * 20 + used++) % rows.length]
  if (!row) throw new Error('the shop has no products')
  await query(
    'update stock s set on_hand = s.held + $2 from variants v where v.id = s.variant_id and v.product_id = (select product_id from variants where id = $1)',
    [row.id, onHand],
  )
  return { path: `/products/${row.slug}`, name: row.name, variantId: row.id }
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

/** How often a PayPal order was captured and refunded, from the simulator's own ledger. */
export async function readLedger(): Promise<
  { kind: string; orderId: string; custom_id: string | null; status: string }[]
> {
  const response = await fetch(`${address('E2E_SIMULATOR_URL')}/_simulator/ledger`)
  const { entries } = (await response.json()) as {
    entries: { kind: string; orderId: string; custom_id: string | null; status: string }[]
  }
  return entries
}

/** PayPal misbehaves at the next matching call. */
export async function orderFault(operation: string, fault: string): Promise<void> {
  const response = await fetch(`${address('E2E_SIMULATOR_URL')}/_simulator/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operation, fault, times: 1 }),
  })
  if (!response.ok) throw new Error(`the simulator refused the fault: ${response.status}`)
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
