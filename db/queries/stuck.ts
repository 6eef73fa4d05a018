import { sql, type SQL } from 'drizzle-orm'

import {
  STUCK_ATTEMPT_MINUTES,
  STUCK_FAILING_MINUTES,
  STUCK_NIGHTS,
  STUCK_REFUND_MINUTES,
  STUCK_REST_MINUTES,
} from '@/lib/domain/stuck'

import type { Queryable } from '../client'

/** What has been unfinished for longer than it should take. */
export interface Stuck extends Record<string, unknown> {
  /** The attempt's or the refund's id. */
  readonly id: string
  readonly what: 'attempt' | 'refund' | 'comparison'
  readonly state: string
  readonly since: string
  readonly tries: number
  readonly lastIssue: string | null
  readonly attemptId: string | null
  readonly orderId: string | null
  readonly paypalOrderId: string | null
  readonly paypalCaptureId: string | null
  readonly amountMinor: number | null
  readonly currency: string | null
}

/** Oldest first; only those with this id when one is given. */
export async function listStuck(db: Queryable, id?: string): Promise<Stuck[]> {
  const only = id === undefined ? sql`true` : sql`id = ${id}`
  const { rows } = await db.execute<Stuck>(sql`
    with ${nights}
    select * from (${stuckAttempts} union all ${stuckRefunds} union all ${stuckComparison}) stuck
    where ${only} order by since`)
  return rows
}

/** What nobody looks at any more has come to its end some other way. */
const isFailing = sql`(next_action_at is not null and failing_since < now() - make_interval(mins => ${STUCK_FAILING_MINUTES}))`

/** By the time in its state, not by its age: a buyer may have taken long before it came to that. */
const stuckAttempts = sql`
  select id::text, 'attempt' as what, state, (case when ${isFailing} then failing_since else state_since end)::text as since, tries,
    case when ${isFailing} then 'each look ends in an error: see the log' else last_issue end as "lastIssue", id as "attemptId",
    null::uuid as "orderId", paypal_order_id as "paypalOrderId", pending_capture_id as "paypalCaptureId",
    amount_minor::int as "amountMinor", currency
  from payment_attempts a
  where ${isFailing} or ${overdue(STUCK_ATTEMPT_MINUTES)}
    or (state = 'refunding' and state_since < now() - make_interval(mins => ${STUCK_REST_MINUTES})
      and not exists (select 1 from payment_captures c join refunds r using (paypal_capture_id)
        where c.attempt_id = a.id and r.state in ('pending', 'sent')))`

const stuckRefunds = sql`
  select id::text, 'refund', state, state_since::text, tries, last_issue, null::uuid, order_id, null, paypal_capture_id, amount_minor::int,
    currency
  from refunds where ${overdue(STUCK_REFUND_MINUTES)}`

/** Nights begin at three, as `readNightlyTurn` has it. */
const nights = sql`nights as (
  select ((started_at at time zone 'utc') - interval '3 hours')::date as night, sum(unclear) as unclear from reconciliation_runs
  where nightly and finished_at is not null and failure is null group by 1)`

/** The id names the first of them: to ignore it is not to ignore the next time. */
const stuckComparison = sql`
  select 'comparison since ' || min(night), 'comparison', 'unclear', min(night)::text, count(*)::int,
    max(unclear) || ' differences: npm run paypal:reconcile names them', null::uuid, null::uuid, null, null, null::int, null
  from nights
  where night > coalesce((select max(night) from nights where unclear = 0), '-infinity') having count(*) >= ${STUCK_NIGHTS}`

function overdue(minutes: Readonly<Record<string, number>>): SQL {
  const each = Object.entries(minutes).map(
    ([state, count]) => sql`(state = ${state} and state_since < now() - make_interval(mins => ${count}))`,
  )
  return sql`(${sql.join(each, sql` or `)})`
}
