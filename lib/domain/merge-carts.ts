import { CART_LINES_MAX, LINE_QUANTITY_MAX, type Cart } from './cart'

type ToldOf = Exclude<keyof MergedCarts, 'items'>

export interface MergedCarts {
  readonly items: Cart['items']
  /** Only the guest's cart had it. */
  readonly added: readonly number[]
  /** Both carts had it, and now there are more of it than there were. */
  readonly summed: readonly number[]
  /** There are fewer of it than the two carts had together. */
  readonly capped: readonly number[]
  /** The member's cart had more of it by itself than there are; nothing was added. */
  readonly short: readonly number[]
  /** Sold out, or did not fit beside the others; it goes on the wish list, so that it is not lost. */
  readonly leftOut: readonly number[]
}

/**
 * The stated rule for a guest's cart that meets a member's: quantities are added, up to what is in stock and to
 * `LINE_QUANTITY_MAX`. Only what the member's cart had by itself stays where it is above that: a shortage is shown in the cart
 * like any other. Lines keep their order, the member's first.
 */
export function mergeCarts(
  member: Cart['items'],
  guest: Cart['items'],
  available: ReadonlyMap<number, number>,
): MergedCarts {
  const quantities = new Map(member)
  const told = { added: [], summed: [], capped: [], short: [], leftOut: [] } as Record<ToldOf, number[]>
  for (const [variantId, guestQuantity] of guest) {
    const own = quantities.get(variantId) ?? 0
    const sum = own + guestQuantity
    const most = Math.min(LINE_QUANTITY_MAX, available.get(variantId) ?? 0)
    const merged = Math.max(Math.min(sum, most), own)
    if (merged === 0 || (own === 0 && quantities.size >= CART_LINES_MAX)) {
      told.leftOut.push(variantId)
      continue
    }
    quantities.set(variantId, merged)
    if (own === 0) told.added.push(variantId)
    else if (merged > own) told.summed.push(variantId)
    if (own > most) told.short.push(variantId)
    else if (merged < sum) told.capped.push(variantId)
  }
  return { items: [...quantities], ...told }
}
