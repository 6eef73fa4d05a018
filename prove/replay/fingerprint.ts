import { createHash } from 'node:crypto'

import { sql } from 'drizzle-orm'

import type { ShopWorld } from '../harness/shop-world'

/** Tables in which a replayed request must not leave a trace, with what of them counts. */
const COUNTED = {
  orders: sql`select * from orders order by id`,
  'order items': sql`select * from order_items order by order_id, position`,
  captures: sql`select * from payment_captures order by paypal_capture_id`,
  refunds: sql`select id, paypal_capture_id, amount_minor, state, paypal_refund_id from refunds order by id`,
  books: sql`select e.kind, e.ref, p.* from journal_entries e join journal_postings p on p.entry_id = e.id
    order by entry_id, account`,
  'stock movements': sql`select * from stock_movements order by id`,
  stock: sql`select variant_id, on_hand, held from stock order by variant_id`,
  // Holds that come and go make pages say something else for a while: that is no message to anybody.
  'messages to send': sql`select key, kind, recipient from mail_outbox order by key`,
} as const

/** What is to stay as it is, each by a digest, with the number of rows. */
export async function fingerprint({ db, paypal }: ShopWorld): Promise<Map<string, string>> {
  const digests = new Map<string, string>()
  const ledger = await paypal.ledger()
  digests.set('PayPal’s ledger', `${ledger.length} rows, ${digest(ledger)}`)
  for (const [what, query] of Object.entries(COUNTED)) {
    const { rows } = await db.execute(query)
    digests.set(what, `${rows.length} rows, ${digest(rows)}`)
  }
  return digests
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)
}
