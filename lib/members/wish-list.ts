import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { listProductsById } from '@/db/queries/catalog'
import { addWishes, findActiveProductId, listWishes, removeWish } from '@/db/queries/wish-lists'
import type { ProductCard } from '@/lib/domain/catalog'
import { GUEST_WISHES_MAX } from '@/lib/domain/member'
import { getCurrentMember } from '@/lib/web/current-member'
import { markWishes, readWishCookie, writeWishCookie } from '@/lib/web/wish-cookie'

/** What the visitor wishes for and is still sold, the newest first; a guest's is in the browser, a member's in the account. */
export async function getWishList(
  db: Database,
): Promise<{ readonly productIds: readonly number[]; readonly products: readonly ProductCard[] }> {
  const productIds = await readWishes(db)
  return { productIds, products: await listProductsById(db, productIds) }
}

/** Ids of the products on the list, sold or not, the newest first. */
export async function readWishes(db: Database): Promise<number[]> {
  const member = await getCurrentMember()
  return member ? listWishes(db, member.memberId) : readWishCookie()
}

/** Only in server actions. */
export async function wish(db: Database, slug: string): Promise<{ readonly kind: 'wished' | 'full' | 'not_found' }> {
  const productId = await findActiveProductId(db, slug)
  if (productId === null) return { kind: 'not_found' }
  const member = await getCurrentMember()
  if (member) {
    const fitted = await inTransaction(db, (tx) => addWishes(tx, member.memberId, [productId]))
    await markWishes(await listWishes(db, member.memberId))
    return { kind: fitted ? 'wished' : 'full' }
  }
  const others = (await readWishCookie()).filter((id) => id !== productId)
  if (others.length >= GUEST_WISHES_MAX) return { kind: 'full' }
  await writeWishCookie([productId, ...others])
  return { kind: 'wished' }
}

export async function unwish(db: Database, slug: string): Promise<void> {
  const productId = await findActiveProductId(db, slug)
  if (productId === null) return
  const member = await getCurrentMember()
  if (member) {
    await removeWish(db, member.memberId, productId)
    await markWishes(await listWishes(db, member.memberId))
  } else await writeWishCookie((await readWishCookie()).filter((id) => id !== productId))
}
