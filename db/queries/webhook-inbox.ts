import { and, count, desc, eq, isNotNull, isNull, min, sql, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'

import type { InboxFilter } from '@/lib/domain/inbox-filter'
import type { TimeCursor } from '@/lib/domain/time-cursor'

import type { Queryable } from '../client'
import { paymentCaptures } from '../schema/payments'
import { webhookEvents } from '../schema/webhooks'

/** How well PayPal's events arrive. */
export interface InboxState {
  /** The last one that came to our door. */
  readonly lastDeliveredAt: Date | null
  /** Seconds from what happened to its arrival, the middle of the last fifty; null while nothing has come. */
  readonly lagSeconds: number | null
  /** Not dealt with yet, and the oldest of them. */
  readonly waiting: number
  readonly oldestWaitingAt: Date | null
}

const LATEST = 50

export async function readInboxState(db: Queryable): Promise<InboxState> {
  const latest = db
    .select({ receivedAt: webhookEvents.receivedAt, occurredAt: webhookEvents.occurredAt })
    .from(webhookEvents)
    .where(eq(webhookEvents.source, 'delivered'))
    .orderBy(desc(webhookEvents.receivedAt))
    .limit(LATEST)
    .as('latest')
  const [[delivered], [waiting]] = await Promise.all([
    db
      .select({
        lastAt: sql<Date | null>`max(${latest.receivedAt})`.mapWith(webhookEvents.receivedAt),
        lagSeconds: sql<number | null>`percentile_cont(0.5) within group
          (order by extract(epoch from ${latest.receivedAt} - ${latest.occurredAt}))::float8`,
      })
      .from(latest),
    db
      .select({ n: count(), oldestAt: min(webhookEvents.receivedAt) })
      .from(webhookEvents)
      .where(isNull(webhookEvents.doneAt)),
  ])
  return {
    lastDeliveredAt: delivered?.lastAt ?? null,
    lagSeconds: delivered?.lagSeconds ?? null,
    waiting: waiting?.n ?? 0,
    oldestWaitingAt: waiting?.oldestAt ?? null,
  }
}

/** The first payment after the last event that came to our door; null for none. */
export async function findPaymentSinceLastEvent(db: Queryable): Promise<Date | null> {
  const last = db
    .select({ at: webhookEvents.receivedAt })
    .from(webhookEvents)
    .where(eq(webhookEvents.source, 'delivered'))
    .orderBy(desc(webhookEvents.receivedAt))
    .limit(1)
  const [row] = await db
    .select({ at: min(paymentCaptures.recordedAt) })
    .from(paymentCaptures)
    .where(sql`${paymentCaptures.recordedAt} > coalesce((${last}), '-infinity')`)
  return row?.at ?? null
}

const listed = {
  id: webhookEvents.id,
  eventType: webhookEvents.eventType,
  resourceId: webhookEvents.resourceId,
  paypalOrderId: webhookEvents.paypalOrderId,
  paypalCaptureId: webhookEvents.paypalCaptureId,
  occurredAt: webhookEvents.occurredAt,
  source: webhookEvents.source,
  receivedAt: webhookEvents.receivedAt,
  /** To the microsecond, as the database has it. */
  receivedAtText: sql<string>`${webhookEvents.receivedAt}::text`,
  doneAt: webhookEvents.doneAt,
  tries: webhookEvents.tries,
  nextActionAt: webhookEvents.nextActionAt,
  lastIssue: webhookEvents.lastIssue,
}

/** The newest first. `after` is the last row of the page before. */
export async function listInbox(
  db: Queryable,
  filter: InboxFilter,
  { after, limit }: { after: TimeCursor | null; limit: number },
) {
  return db
    .select(listed)
    .from(webhookEvents)
    .where(
      and(
        ...conditions(db, filter),
        ...(after
          ? [sql`(${webhookEvents.receivedAt}, ${webhookEvents.id}) < (${after.at}::timestamptz, ${after.id})`]
          : []),
      ),
    )
    .orderBy(desc(webhookEvents.receivedAt), desc(webhookEvents.id))
    .limit(limit)
}

function conditions(db: Queryable, { id, eventType, state }: InboxFilter): SQL[] {
  return [
    ...(id === null ? [] : [isAbout(db, id)]),
    ...(eventType === null ? [] : [eq(webhookEvents.eventType, eventType)]),
    ...(state === 'waiting' ? [isNull(webhookEvents.doneAt)] : []),
    ...(state === 'trouble' ? [isNull(webhookEvents.doneAt), isNotNull(webhookEvents.lastIssue)] : []),
    ...(state === 'done' ? [isNotNull(webhookEvents.doneAt)] : []),
  ]
}

/** Each kind of id by its own index. */
function isAbout(db: Queryable, id: string): SQL {
  const by = (column: SQL) => db.select({ id: webhookEvents.id }).from(webhookEvents).where(column)
  const found = unionAll(
    by(eq(webhookEvents.id, id)),
    by(eq(webhookEvents.resourceId, id)),
    by(eq(webhookEvents.paypalOrderId, id)),
    by(eq(webhookEvents.paypalCaptureId, id)),
  )
  return sql`${webhookEvents.id} in (${found})`
}

/** One event with the characters as they came. */
export async function findInboxEvent(db: Queryable, id: string) {
  const [row] = await db
    .select({ ...listed, transmittedAt: webhookEvents.transmittedAt, body: webhookEvents.body })
    .from(webhookEvents)
    .where(eq(webhookEvents.id, id))
  return row ?? null
}
