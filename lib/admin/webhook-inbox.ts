import 'server-only'

import { getDatabase, inTransaction, type Database } from '@/db/client'
import { appendAudit, listAudit } from '@/db/queries/audit-log'
import { reopenEvents } from '@/db/queries/webhook-events'
import { findInboxEvent, findPaymentSinceLastEvent, listInbox, readInboxState } from '@/db/queries/webhook-inbox'
import type { InboxFilter } from '@/lib/domain/inbox-filter'
import type { TimeCursor } from '@/lib/domain/time-cursor'
import { silentSince } from '@/lib/domain/webhook-silence'

import { actorOf, type Admin } from './admin'

export const EVENTS_PER_PAGE = 50

/** A page of PayPal's events, how well they arrive, and since when PayPal is silent, if it is. */
export async function getInbox(
  db: Database,
  admin: Admin<'payments.read'>,
  filter: InboxFilter,
  after: TimeCursor | null,
) {
  const [found, state, silent] = await Promise.all([
    listInbox(db, filter, { after, limit: EVENTS_PER_PAGE + 1 }),
    readInboxState(db),
    getSilence(db, admin),
  ])
  const events = found.slice(0, EVENTS_PER_PAGE)
  const last = events.at(-1)
  const next = found.length > EVENTS_PER_PAGE && last ? { at: last.receivedAtText, id: last.id } : null
  return { events, next, state, silent }
}

export type InboxRow = Awaited<ReturnType<typeof getInbox>>['events'][number]

/** Since when PayPal has told nothing although there were payments; null while all is well. */
export async function getSilence(db: Database, _admin: Admin<'payments.read'>, now = new Date()): Promise<Date | null> {
  return silentSince(await findPaymentSinceLastEvent(db), now)
}

const subjectOf = (id: string) => `webhook ${id}`

/** Whether there is an event of this id. What is in it is asked for by `getEvent`. */
export async function isEvent(id: string): Promise<boolean> {
  return (await findInboxEvent(getDatabase(), id)) !== null
}

/** One event, and who has had it looked at again; null when there is none of this id. */
export async function getEvent(db: Database, _admin: Admin<'payments.read'>, id: string) {
  const event = await findInboxEvent(db, id)
  return event ? { event, replays: await listAudit(db, { subject: subjectOf(id) }, 20) } : null
}

/** Has a stored event looked at anew, as if it had just come. The worker does it within seconds. */
export async function replayEvent(
  db: Database,
  admin: Admin<'payments.decide'>,
  id: string,
): Promise<{ readonly kind: 'replayed' | 'not_found' }> {
  return inTransaction(db, async (tx) => {
    if ((await reopenEvents(tx, { ids: [id] })).length === 0) return { kind: 'not_found' }
    await appendAudit(tx, {
      ...actorOf(admin),
      action: 'webhook.replayed',
      subject: subjectOf(id),
      before: null,
      after: null,
    })
    return { kind: 'replayed' }
  })
}
