import { and, asc, eq, or } from 'drizzle-orm'

import type { Queryable } from '../client'
import { members } from '../schema/members'
import { savedViews } from '../schema/bulk'

export interface SavedView {
  readonly id: string
  readonly name: string
  readonly query: string
  readonly shared: boolean
  readonly memberId: string
  readonly email: string
}

/** One's own and those that are shared. */
export async function listSavedViews(db: Queryable, memberId: string): Promise<SavedView[]> {
  return db
    .select({
      id: savedViews.id,
      name: savedViews.name,
      query: savedViews.query,
      shared: savedViews.shared,
      memberId: savedViews.memberId,
      email: members.email,
    })
    .from(savedViews)
    .innerJoin(members, eq(members.id, savedViews.memberId))
    .where(or(eq(savedViews.memberId, memberId), eq(savedViews.shared, true)))
    .orderBy(asc(savedViews.name), asc(savedViews.createdAt))
}

export async function countSavedViews(db: Queryable, memberId: string): Promise<number> {
  return db.$count(savedViews, eq(savedViews.memberId, memberId))
}

/** The same name again is the same view with another filter. */
export async function upsertSavedView(
  db: Queryable,
  view: { id: string; memberId: string; name: string; query: string; shared: boolean },
): Promise<void> {
  const { query, shared } = view
  await db
    .insert(savedViews)
    .values(view)
    .onConflictDoUpdate({ target: [savedViews.memberId, savedViews.name], set: { query, shared } })
}

/** Only one's own. */
export async function deleteSavedView(db: Queryable, memberId: string, id: string): Promise<boolean> {
  const rows = await db
    .delete(savedViews)
    .where(and(eq(savedViews.id, id), eq(savedViews.memberId, memberId)))
    .returning({ id: savedViews.id })
  return rows.length > 0
}
