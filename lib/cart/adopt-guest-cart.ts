import 'server-only'

import { randomUUID } from 'node:crypto'

import { inTransaction, type Database } from '@/db/client'
import { findSellableVariants } from '@/db/queries/cart-lines'
import { findAdopted, findMemberCart, lockMemberCart, writeAdopted, writeMemberCart } from '@/db/queries/member-carts'
import { listItemsBoughtOfCart } from '@/db/queries/member-orders'
import { lockMember } from '@/db/queries/members'
import { addWishes, listProductsOfVariants } from '@/db/queries/wish-lists'
import { emptyCart, withoutBought, withoutItems, type Cart } from '@/lib/domain/cart'
import { mergeCarts, type MergedCarts } from '@/lib/domain/merge-carts'
import { closeCartAttempts } from '@/lib/payments/close-cart-attempts'

export type AdoptOutcome =
  | { readonly kind: 'merged'; readonly cart: Cart; readonly changes: MergedCarts }
  /** The guest's cart is being paid at this moment: it stays where it is. */
  | { readonly kind: 'payment_in_progress' }

/**
 * Puts a guest's cart into the member's, by the rule of `mergeCarts`. What has been bought meanwhile is not put in again, and
 * neither is what this very cart has brought before: its browser may not have heard that it did.
 */
export async function adoptGuestCart(db: Database, memberId: string, guest: Cart | null): Promise<AdoptOutcome> {
  if (guest && (await closeCartAttempts(db, guest.cartId)) === 'payment_in_progress') {
    return { kind: 'payment_in_progress' }
  }
  const wasBegun = guest ? await findMemberCart(db, memberId) : null
  const isPaid = wasBegun !== null && (await closeCartAttempts(db, wasBegun.cartId)) === 'payment_in_progress'
  return inTransaction(db, async (tx): Promise<AdoptOutcome> => {
    await lockMember(tx, memberId)
    const bought = guest ? await listItemsBoughtOfCart(tx, guest.cartId) : []
    const adopted = guest ? await findAdopted(tx, guest.cartId, memberId) : []
    const wanted = guest ? withoutItems(withoutBought(guest, bought, guest.cartId).items, adopted) : []
    const own = (await lockMemberCart(tx, memberId)) ?? emptyCart(randomUUID())
    const ids = [...new Set([...own.items, ...wanted].map(([variantId]) => variantId))]
    const found = await findSellableVariants(tx, ids, own.cartId)
    const available = new Map(found.map((variant) => [variant.variantId, variant.available]))
    const changes = mergeCarts(own.items, wanted, available)
    if (!guest || wanted.length === 0) return { kind: 'merged', cart: own, changes }
    await writeAdopted(tx, guest.cartId, memberId, [...adopted, ...wanted])
    // A cart that another device is paying keeps its id: its order takes out what it bought. Any other becomes a new one.
    const cart = { ...own, cartId: isPaid ? own.cartId : randomUUID(), items: changes.items }
    if (!(await writeMemberCart(tx, memberId, cart, own.revision))) throw new Error('the cart changed under its lock')
    await addWishes(tx, memberId, await listProductsOfVariants(tx, changes.leftOut))
    return { kind: 'merged', cart, changes }
  })
}
