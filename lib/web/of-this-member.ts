import 'server-only'

import { getCurrentMember } from './current-member'

/**
 * What a cookie holds, unless it holds it for a member who is not signed in here now: a session that was revoked from another
 * device leaves its browser's cookies where they are.
 */
export async function ifOfThisMember<T extends { readonly memberId: string | null }>(
  held: T | null,
): Promise<T | null> {
  if (held === null || held.memberId === null) return held
  return held.memberId === (await getCurrentMember())?.memberId ? held : null
}
