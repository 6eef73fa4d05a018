import { sql, type SQL } from 'drizzle-orm'

import { STUCK_ATTEMPT_HOURS, STUCK_REFUND_HOURS } from '@/lib/domain/stuck'

import type { Queryable } from '../client'

/** What has been unfinished for longer than it should take. */
export interface Stuck extends Record<string, unknown> {
  /** The attempt's or the refund's id. */
  readonly id: string
  readonly what: 'attempt' | 'refund'
  readonly state: string
  readonly since: string
  readonly tries: number
  readonly lastIssue: string | null
  readonly attemptId: string | null
  readonly orderId: string | null
  readonly paypalOrderId: string | null
  readonly paypalCaptureId: string | null
  readonly amountMinor: number
  readonly currency: string
}

/** Oldest first; only those with this id when one is given. */
export async function listStuck(db: Queryable, id?: string): Promise<Stuck[]> {
  const only = id === undefined ? sql`true` : sql`id::text = ${id}`
  const { rows } = await db.execute<Stuck>(sql`
    select id, 'attempt' as what, state, created_at::text as since, tries, last_issue as "lastIssue", id as "attemptId",
      null as "orderId", paypal_order_id as "paypalOrderId", null as "paypalCaptureId", amount_minor::int as "amountMinor", currency
    from payment_attempts where ${only} and (${overdue(STUCK_ATTEMPT_HOURS)})
    union all
    select id, 'refund', state, created_at::text, tries, last_issue, null, order_id, null, paypal_capture_id, amount_minor::int, currency
    from refunds where ${only} and (${overdue(STUCK_REFUND_HOURS)})
    order by since`)
  return rows
}

function overdue(hours: Readonly<Record<string, number>>): SQL {
  const each = Object.entries(hours).map(
    ([state, count]) => sql`(state = ${state} and created_at < now() - make_interval(hours => ${count}))`,
  )
  return sql.join(each, sql` or `)
}
