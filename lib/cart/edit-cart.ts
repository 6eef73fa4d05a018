import 'server-only'

import { randomUUID } from 'node:crypto'

import { getDatabase } from '@/db/client'
import { findSellableVariants, type SellableVariant } from '@/db/queries/cart-lines'
import { CART_LINES_MAX, changeCart, LINE_QUANTITY_MAX, type Cart, type CartChange } from '@/lib/domain/cart'
import type { Money } from '@/lib/domain/money'
import { quoteCheckout } from '@/lib/checkout/quote-checkout'
import { closeCartAttempts } from '@/lib/payments/close-cart-attempts'
import { readBuyer, stopPaying } from '@/lib/web/buyer-cookie'
import { readCart, readSeenPrices, saveCart, saveSeenPrices } from '@/lib/web/cart-cookie'

export type EditCartOutcome =
  | {
      readonly kind: 'edited'
      readonly cart: Cart
      readonly variant: SellableVariant | null
      /** Of this variant, now in the cart. */
      readonly quantity: number
      /** What is in the cart now, before delivery and tax that is added. */
      readonly itemsTotal: Money
    }
  | { readonly kind: 'refused'; readonly message: string }

const BUSY = 'Your payment is being completed. Wait a moment before changing the cart; you will not be charged twice.'

/**
 * One change of the browser's cart. A payment that has begun for it is ended first, so that nobody pays for what the
 * cart used to be; once money may be moving the change is refused instead.
 */
export async function editCart(change: CartChange): Promise<EditCartOutcome> {
  const db = getDatabase()
  const cart = await takeCartForEditing()
  if (cart === null) return { kind: 'refused', message: BUSY }
  const [variant] = await findSellableVariants(db, [change.variantId], cart.cartId)
  if (!variant && !(change.kind === 'set' && change.quantity === 0)) {
    return { kind: 'refused', message: 'This is no longer sold.' }
  }
  const outcome = changeCart(cart, change)
  if (outcome.kind !== 'changed') return { kind: 'refused', message: limitMessage(outcome.kind) }
  if (variant && outcome.quantity > variant.available && isMore(cart, change.variantId, outcome.quantity)) {
    return { kind: 'refused', message: stockMessage(variant.available, outcome.quantity) }
  }
  await saveCart(outcome.cart)
  const prices = await readSeenPrices()
  if (variant) prices.set(variant.variantId, variant.unitPriceMinor)
  await saveSeenPrices(prices, outcome.cart)
  const { currency, breakdown } = await quoteCheckout(db, outcome.cart, { address: null, deliveryMethodId: null })
  const itemsTotal = { minor: breakdown.itemsMinor, currency }
  return { kind: 'edited', cart: outcome.cart, variant: variant ?? null, quantity: outcome.quantity, itemsTotal }
}

/** Reducing towards what is available is always allowed, even when it is still too much. */
function isMore(cart: Cart, variantId: number, quantity: number): boolean {
  return quantity > (cart.items.find(([id]) => id === variantId)?.[1] ?? 0)
}

/** Brings every line down to what is available and drops what is no longer sold. */
export async function fitCartToStock(): Promise<EditCartOutcome | { readonly kind: 'fitted' }> {
  const cart = await takeCartForEditing()
  if (cart === null) return { kind: 'refused', message: BUSY }
  const found = await findSellableVariants(
    getDatabase(),
    cart.items.map(([id]) => id),
    cart.cartId,
  )
  const available = new Map(found.map((variant) => [variant.variantId, variant.available]))
  const items = cart.items.flatMap(([variantId, quantity]): Cart['items'] => {
    const fitting = Math.min(quantity, available.get(variantId) ?? 0)
    return fitting > 0 ? [[variantId, fitting]] : []
  })
  await saveCart({ ...cart, revision: cart.revision + 1, items })
  return { kind: 'fitted' }
}

/** The cart, under a new id if its payment had begun; null while that payment cannot be ended any more. */
async function takeCartForEditing(): Promise<Cart | null> {
  const cart = await readCart()
  const buyer = await readBuyer()
  if (buyer?.payingCartId !== cart.cartId) return cart
  if ((await closeCartAttempts(getDatabase(), cart.cartId)) === 'payment_in_progress') return null
  await stopPaying()
  return { ...cart, cartId: randomUUID() }
}

function limitMessage(kind: 'line_full' | 'cart_full'): string {
  return kind === 'line_full'
    ? `You can order up to ${LINE_QUANTITY_MAX} of one piece. Write to us for more.`
    : `A cart holds up to ${CART_LINES_MAX} different pieces. Order these first, then start another.`
}

function stockMessage(available: number, wanted: number): string {
  if (available <= 0) return 'This has just sold out.'
  return `Only ${available} left, and that would make ${wanted} in your cart.`
}
