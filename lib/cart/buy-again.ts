import 'server-only'

import type { Database } from '@/db/client'
import { findSellableVariants } from '@/db/queries/cart-lines'
import { listBoughtItems } from '@/db/queries/member-orders'
import { LINE_QUANTITY_MAX } from '@/lib/domain/cart'
import { parseOrderNumber } from '@/lib/domain/order-number'
import type { Member } from '@/lib/members/member'

import { editCart } from './edit-cart'

export type BuyAgainOutcome =
  | { readonly kind: 'not_found' }
  /** `left`: lines that could not be put in, or not as many as then. */
  | { readonly kind: 'put_in'; readonly put: number; readonly left: number }

/** Puts what is still sold of an own order into the cart, as many as then or as there are. */
export async function buyAgain(db: Database, member: Member, typed: string): Promise<BuyAgainOutcome> {
  const orderNumber = parseOrderNumber(typed)
  const items = orderNumber === null ? [] : await listBoughtItems(db, member.memberId, orderNumber)
  if (items.length === 0) return { kind: 'not_found' }
  const ids = items.map(([variantId]) => variantId)
  const sellable = await findSellableVariants(db, ids, '00000000-0000-0000-0000-000000000000')
  const available = new Map(sellable.map((variant) => [variant.variantId, variant.available]))
  let put = 0
  let left = 0
  for (const [variantId, wanted] of items) {
    const quantity = Math.min(wanted, available.get(variantId) ?? 0, LINE_QUANTITY_MAX)
    const outcome = quantity > 0 ? await editCart({ kind: 'add', variantId, quantity }) : null
    if (outcome?.kind === 'edited') put++
    if (outcome?.kind !== 'edited' || quantity < wanted) left++
  }
  return { kind: 'put_in', put, left }
}
