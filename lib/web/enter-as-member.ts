import 'server-only'

import { getDatabase } from '@/db/client'
import { revokeSessionBySecret } from '@/db/queries/member-sessions'
import { listWishes } from '@/db/queries/wish-lists'
import { adoptGuestCart } from '@/lib/cart/adopt-guest-cart'
import { adoptWishes } from '@/lib/members/adopt-wishes'
import { hashSecret } from '@/lib/members/member-token'
import type { SignInOutcome } from '@/lib/members/open-session'

import { giveBuyerTo } from './buyer-cookie'
import { deleteCartCookie, readCartCookie, writeCartCount } from './cart-cookie'
import { giveCheckoutDraftTo } from './checkout-cookie'
import { writeMergeNote } from './merge-note-cookie'
import { forgetMember, readSessionCookie, writeMemberFlag, writeSessionCookie } from './session-cookie'
import { deleteWishCookie, markWishes, readWishCookie } from './wish-cookie'

/**
 * The browser becomes a member's: it gets the new session, and what it had as a guest joins the account. A session it had before
 * ends. `cookie: 'set'` when next-auth has written the session's cookie itself.
 */
export async function enterAsMember(
  { memberId, secret }: Extract<SignInOutcome, { kind: 'signed_in' }>,
  cookie: 'write' | 'set' = 'write',
): Promise<void> {
  const db = getDatabase()
  const before = await readSessionCookie()
  if (before && before.sid !== secret) await revokeSessionBySecret(db, hashSecret(before.sid))
  const guestCart = await readCartCookie()
  const guestWishes = await readWishCookie()
  // Somebody else was signed in here: what they typed and bought is not for this member's eyes.
  if (before && before.sub !== memberId) await forgetMember()
  await giveBuyerTo(memberId)
  await giveCheckoutDraftTo(memberId)
  if (cookie === 'write') await writeSessionCookie({ sub: memberId, sid: secret })
  else await writeMemberFlag()
  const adopted = await adoptGuestCart(db, memberId, guestCart)
  if (adopted.kind === 'merged') {
    await deleteCartCookie()
    await writeCartCount(adopted.cart)
    await writeMergeNote(adopted.changes)
  }
  await adoptWishes(db, memberId, guestWishes)
  await deleteWishCookie()
  await markWishes(await listWishes(db, memberId))
}
