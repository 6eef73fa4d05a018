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

/** An answer that reads more of a table than this share has walked along it, by whatever index. */
const WALKED_SHARE = 0.5
/** So many rows a search may read by its own bounds (`FEW` of db/queries/order-search.ts, once for each way), also of a smaller table. */
const WALKED_MIN = 50_000

interface Reads {
  /** In the table. */
  readonly rows: number
  readonly wholeReads: number
  /** By each of its indexes. */
  readonly rowsRead: ReadonlyMap<string, number>
}
export type Scans = ReadonlyMap<string, Reads>

/**
 * How often a statement has read the whole of each large table, and how many rows by each index. Connections tell what they have counted when they end, so all but ours
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
  const { rows } = await client.query<{ name: string; rows: number; n: string; read: Record<string, number> }>(
    `select s.relname as name, c.reltuples as rows, s.seq_scan as n,
       (select coalesce(jsonb_object_agg(i.indexrelname, i.idx_tup_read), '{}') from pg_stat_user_indexes i where i.relid = s.relid)
         as read
     from pg_stat_user_tables s join pg_class c on c.oid = s.relid
     where s.relname = any($1) and c.reltuples >= (select reltuples from pg_class where oid = 'orders'::regclass) / ${LARGE_SHARE}
     order by s.relname`,
    [GROWING],
  )
  return new Map(
    rows.map(({ name, n, read, ...row }) => [
      name,
      { rows: row.rows, wholeReads: Number(n), rowsRead: new Map(Object.entries(read)) },
    ]),
  )
}

/** "order_items 18 times", "orders along orders_newest": what has been read since, in so many answers. */
export function scansSince(before: Scans, after: Scans, answers: number): string[] {
  return [...after].flatMap(([name, now]) => {
    // One that was not large before has no number to compare with.
    const earlier = before.get(name) ?? now
    const times = now.wholeReads - earlier.wholeReads
    const isWalked = (index: string, read: number) =>
      (read - (earlier.rowsRead.get(index) ?? read)) / answers > Math.max(now.rows * WALKED_SHARE, WALKED_MIN)
    const walked = [...now.rowsRead].filter(([index, read]) => isWalked(index, read))
    return [
      ...(times > 0 ? [`${name} ${times} ${times === 1 ? 'time' : 'times'}`] : []),
      ...walked.map(([index]) => `${name} along ${index}`),
    ]
  })
}
