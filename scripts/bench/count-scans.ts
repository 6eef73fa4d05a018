import { setTimeout as delay } from 'node:timers/promises'

import type pg from 'pg'

/** What grows with the orders. The catalogue and the sums of days do not, and may be read whole. */
const GROWING =
  `audit_log credit_notes invoices journal_entries journal_postings mail_outbox order_events order_items orders papers_due
  payment_attempts payment_captures refund_items refunds shipment_items shipments stock_holds stock_movements webhook_events`.split(
    /\s+/,
  )

/** Of those, the ones with at least half a hundredth as many rows as there are orders: reading fewer is no sign of anything. */
const LARGE_SHARE = 200

export type Scans = ReadonlyMap<string, number>

/**
 * How often a statement has read the whole of each large table. Connections tell what they have counted when they end, so all but ours
 * are ended first; the shop opens new ones.
 */
export async function countScans(client: pg.Client): Promise<Scans> {
  const others = 'from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'
  await client.query(`select pg_terminate_backend(pid) ${others} and backend_type = 'client backend'`)
  for (;;) {
    const { rows } = await client.query<{ n: string }>(
      `select count(*) as n ${others} and backend_type in ('client backend', 'parallel worker')`,
    )
    if (Number(rows[0]?.n) === 0) break
    await delay(20)
  }
  const { rows } = await client.query<{ name: string; n: string }>(
    `select s.relname as name, s.seq_scan as n from pg_stat_user_tables s join pg_class c on c.oid = s.relid
     where s.relname = any($1) and c.reltuples >= (select reltuples from pg_class where oid = 'orders'::regclass) / ${LARGE_SHARE}
     order by s.relname`,
    [GROWING],
  )
  return new Map(rows.map(({ name, n }) => [name, Number(n)]))
}

/** "order_items 18 times": what has been read since. */
export function scansSince(before: Scans, after: Scans): string[] {
  return [...after].flatMap(([name, n]) => {
    // One that was not large before has no number to compare with.
    const times = n - (before.get(name) ?? n)
    return times > 0 ? [`${name} ${times} ${times === 1 ? 'time' : 'times'}`] : []
  })
}
