import 'server-only'

import { getDatabase } from '@/db/client'
import { revokeSessionBySecret } from '@/db/queries/member-sessions'
import { hashSecret } from '@/lib/members/member-token'

import { forgetBrowser, readSessionCookie } from './session-cookie'

/** The session ends in the database, so that a copy of its cookie opens nothing, and every cookie of ours goes. */
export async function signOut(): Promise<void> {
  const token = await readSessionCookie()
  if (token) await revokeSessionBySecret(getDatabase(), hashSecret(token.sid))
  await forgetBrowser()
}
