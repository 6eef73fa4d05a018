import 'server-only'

import type { Queryable } from '@/db/client'
import { findSellableVariants, type SellableVariant } from '@/db/queries/cart-lines'
import { requireShopSettings } from '@/db/queries/shop'
import type { Cart } from '@/lib/domain/cart'
import type { Currency } from '@/lib/domain/money'

/** A cart line with what the catalogue says of it now. `available` may be less than `quantity`. */
export type CartLine = Omit<SellableVariant, 'currency'> & { readonly quantity: number }

export interface CartLines {
  readonly currency: Currency
  /** In the order in which they were put in. */
  readonly lines: readonly CartLine[]
  /** What is no longer sold. */
  readonly goneVariantIds: readonly number[]
}

/** Reads prices and stock anew: nothing about a line but its variant and quantity is believed from a cookie. */
export async function readCartLines(db: Queryable, cart: Cart): Promise<CartLines> {
  const { currency } = await requireShopSettings(db)
  const wanted = cart.items.map(([variantId]) => variantId)
  const found = await findSellableVariants(db, wanted, cart.cartId)
  const sellable = new Map(
    found.filter((variant) => variant.currency === currency).map((variant) => [variant.variantId, variant]),
  )
  const lines: CartLine[] = []
  const goneVariantIds: number[] = []
  for (const [variantId, quantity] of cart.items) {
    const variant = sellable.get(variantId)
    if (variant) lines.push({ ...variant, quantity })
    else goneVariantIds.push(variantId)
  }
  return { currency, lines, goneVariantIds }
}
