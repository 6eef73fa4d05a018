import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { listLiveSessions, revokeOtherSessions, revokeSession, type DeviceRow } from '@/db/queries/member-sessions'

import type { Member } from './member'

export type { DeviceRow }

export function listDevices(db: Database, member: Member): Promise<DeviceRow[]> {
  return listLiveSessions(db, member.memberId)
}

/** Another member's session is not found. */
export async function signOutDevice(
  db: Database,
  member: Member,
  sessionId: string,
): Promise<{ readonly kind: 'signed_out' | 'not_found' }> {
  const done = await inTransaction(db, (tx) => revokeSession(tx, member.memberId, sessionId))
  return { kind: done ? 'signed_out' : 'not_found' }
}

/** Every device but the one that asks. */
export async function signOutEverywhereElse(db: Database, member: Member): Promise<void> {
  await inTransaction(db, (tx) => revokeOtherSessions(tx, member.memberId, member.sessionId))
}
