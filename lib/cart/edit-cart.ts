import 'server-only'

import { randomUUID } from 'node:crypto'

import { getDatabase } from '@/db/client'
import { findSellableVariants, type SellableVariant } from '@/db/queries/cart-lines'
import {
  CART_LINES_MAX,
  changeCart,
  isOfReviewed,
  LINE_QUANTITY_MAX,
  withoutBought,
  type Cart,
  type CartChange,
} from '@/lib/domain/cart'
import type { Money } from '@/lib/domain/money'
import { quoteCheckout } from '@/lib/checkout/quote-checkout'
import { closeCartAttempts, findItemsUnderReview } from '@/lib/payments/close-cart-attempts'
import { readBuyer, stopPaying } from '@/lib/web/buyer-cookie'
import { readSeenPrices, saveSeenPrices } from '@/lib/web/cart-cookie'
import { readCart, saveCart } from '@/lib/web/current-cart'
import { getCurrentMember } from '@/lib/web/current-member'
import { dropMergeNote } from '@/lib/web/merge-note-cookie'

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

const UNDER_REVIEW =
  'PayPal is checking your payment for these pieces, so they stay as they are. Whatever else you choose goes into a new cart.'
const BUSY = 'Your payment is being completed. Wait a moment before changing the cart; you will not be charged twice.'

/** A member's other devices may be editing as well; more than this at once is not people. */
const TRIES_MAX = 4

/**
 * One change of the shopper's cart. A payment that has begun for it is ended first, so that nobody pays for what the
 * cart used to be; while money may be moving the change is refused instead. What PayPal checks, for days perhaps, is left to its
 * payment, and the rest goes on as a cart of its own.
 */
export async function editCart(change: CartChange): Promise<EditCartOutcome> {
  return savedOrBusy((free) => changeOnce(free, change))
}

/** Brings every line down to what is available and drops what is no longer sold. */
export async function fitCartToStock(): Promise<EditCartOutcome | { readonly kind: 'fitted' }> {
  return savedOrBusy(async ({ cart }) => {
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
    return { cart: { ...cart, revision: cart.revision + 1, items }, outcome: { kind: 'fitted' } as const }
  })
}

type Refused = Extract<EditCartOutcome, { kind: 'refused' }>

/** Decides, saves, and decides anew when another device has changed the cart in between. */
async function savedOrBusy<Outcome>(
  decide: (free: Editable) => Promise<{ readonly cart: Cart; readonly outcome: Outcome } | Refused>,
): Promise<Outcome | Refused> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const read = await readCart()
    const free = await freeForEditing(read)
    if (free === null) return { kind: 'refused', message: BUSY }
    const decided = await decide(free)
    if ('kind' in decided) return decided
    if (!(await saveCart(decided.cart, read))) continue
    await dropMergeNote()
    return decided.outcome
  }
  return { kind: 'refused', message: 'Your cart is being changed on another device. Try again.' }
}

async function changeOnce({ cart, reviewed }: Editable, change: CartChange) {
  if (isOfReviewed(change, reviewed)) return refuse(UNDER_REVIEW)
  const db = getDatabase()
  const [variant] = await findSellableVariants(db, [change.variantId], cart.cartId)
  if (!variant && !(change.kind === 'set' && change.quantity === 0)) return refuse('This is no longer sold.')
  const changed = changeCart(cart, change)
  if (changed.kind !== 'changed') return refuse(limitMessage(changed.kind))
  if (variant && changed.quantity > variant.available && isMore(cart, change.variantId, changed.quantity)) {
    return refuse(stockMessage(variant.available, changed.quantity))
  }
  const prices = await readSeenPrices()
  if (variant) prices.set(variant.variantId, variant.unitPriceMinor)
  await saveSeenPrices(prices, changed.cart)
  const { currency, breakdown } = await quoteCheckout(db, changed.cart, { address: null, deliveryMethodId: null })
  const itemsTotal = { minor: breakdown.itemsMinor, currency }
  const outcome: EditCartOutcome = {
    kind: 'edited',
    cart: changed.cart,
    variant: variant ?? null,
    quantity: changed.quantity,
    itemsTotal,
  }
  return { cart: changed.cart, outcome }
}

function refuse(message: string): Refused {
  return { kind: 'refused', message }
}

/** Reducing towards what is available is always allowed, even when it is still too much. */
function isMore(cart: Cart, variantId: number, quantity: number): boolean {
  return quantity > (cart.items.find(([id]) => id === variantId)?.[1] ?? 0)
}

interface Editable {
  readonly cart: Cart
  /** Was in it, and stays with the payment that PayPal checks. */
  readonly reviewed: Cart['items']
}

/**
 * The cart, under a new id if its payment may have begun; null while that payment cannot be ended any more. A member's may have
 * begun on another device, which this browser's cookie does not know.
 */
async function freeForEditing(cart: Cart): Promise<Editable | null> {
  const db = getDatabase()
  const buyer = await readBuyer()
  const payingHere = buyer?.payingCartId === cart.cartId
  if (!payingHere && !(await getCurrentMember())) return { cart, reviewed: [] }
  if ((await closeCartAttempts(db, cart.cartId)) === 'payment_in_progress') {
    const reviewed = await findItemsUnderReview(db, cart.cartId)
    return reviewed && { cart: withoutBought(cart, reviewed, randomUUID()), reviewed }
  }
  if (payingHere) await stopPaying()
  return { cart: { ...cart, cartId: randomUUID() }, reviewed: [] }
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
