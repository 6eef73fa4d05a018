import 'server-only'

import { getDatabase } from '@/db/client'
import { findLiveSession, touchSession, type LiveSession } from '@/db/queries/member-sessions'

import { hashSecret } from './member-token'

declare const proof: unique symbol

/**
 * Somebody who is signed in right now. Only `findMemberBySecret` makes one, from the database: a verb that asks for a `Member`
 * cannot be called for anybody else.
 */
export type Member = LiveSession & { readonly [proof]: true }

/** Who holds this secret; null once the session is revoked or over, or the member is disabled. */
export async function findMemberBySecret(secret: string): Promise<Member | null> {
  const db = getDatabase()
  const session = await findLiveSession(db, hashSecret(secret))
  if (!session) return null
  await touchSession(db, session.sessionId)
  return session as Member
}
