import 'server-only'

import { randomUUID } from 'node:crypto'

import type { Database } from '@/db/client'
import { countSavedViews, deleteSavedView, listSavedViews, upsertSavedView } from '@/db/queries/saved-views'
import { orderQuery, parseOrderFilter, VIEWS_PER_PERSON_MAX } from '@/lib/domain/order-filter'

import type { Admin } from './admin'

/** One's own views, and those that others share. */
export async function getViews(db: Database, admin: Admin<'orders.read'>) {
  const views = await listSavedViews(db, admin.memberId)
  return views.map(({ id, name, query, email, memberId }) => ({
    id,
    name,
    query,
    email,
    isOwn: memberId === admin.memberId,
  }))
}

/** Keeps what a list's address says, under a name. Only what a filter understands is kept. */
export async function saveView(
  db: Database,
  admin: Admin<'orders.read'>,
  { name, query, shared }: { name: string; query: string; shared: boolean },
): Promise<{ readonly kind: 'saved'; readonly query: string } | { readonly kind: 'too_many' }> {
  if ((await countSavedViews(db, admin.memberId)) >= VIEWS_PER_PERSON_MAX) return { kind: 'too_many' }
  const understood = orderQuery(parseOrderFilter(Object.fromEntries(new URLSearchParams(query))))
  await upsertSavedView(db, { id: randomUUID(), memberId: admin.memberId, name, query: understood, shared })
  return { kind: 'saved', query: understood }
}

/** Only one's own: another's is as missing as one that never was. */
export async function forgetView(db: Database, admin: Admin<'orders.read'>, id: string): Promise<boolean> {
  return deleteSavedView(db, admin.memberId, id)
}
