import 'server-only'

import { getDatabase, type Database } from '@/db/client'
import { nameVariants, type GoneVariant } from '@/db/queries/cart-lines'
import { quoteCheckout, type CheckoutQuote } from '@/lib/checkout/quote-checkout'
import type { Cart } from '@/lib/domain/cart'
import type { MergeNote } from '@/lib/domain/merge-note'
import { findOrderForCart } from '@/lib/orders/find-order-for-cart'
import { readBuyer } from '@/lib/web/buyer-cookie'
import { readSeenPrices } from '@/lib/web/cart-cookie'
import { readCheckoutDraft } from '@/lib/web/checkout-cookie'
import { readCart } from '@/lib/web/current-cart'
import { readMergeNote } from '@/lib/web/merge-note-cookie'

type GoneLine = GoneVariant & { readonly quantity: number }

export interface CartView {
  readonly quote: CheckoutQuote
  /** Unit prices (minor units) as they were when put in, where they differ from today's. */
  readonly formerPrices: ReadonlyMap<number, number>
  readonly items: Cart['items']
  /** Lines whose piece is no longer sold, in the order in which they were put in. */
  readonly gone: readonly GoneLine[]
  /** What happened when this browser's cart met the account's; told until the cart is changed. */
  readonly mergeNote: MergeNote | null
  /** Set when this very cart has become an order without the browser's noticing. */
  readonly orderNumber: string | null
}

/** The browser's cart with today's prices and stock. */
export async function getCartView(): Promise<CartView> {
  const db = getDatabase()
  const cart = await readCart()
  const { email, discountCode } = await readCheckoutDraft()
  const quote = await quoteCheckout(db, cart, { address: null, deliveryMethodId: null, email, discountCode })
  const seen = await readSeenPrices()
  const changed = quote.lines.flatMap(({ variantId, unitPriceMinor }): [number, number][] => {
    const former = seen.get(variantId)
    return former === undefined || former === unitPriceMinor ? [] : [[variantId, former]]
  })
  const buyer = await readBuyer()
  const paid = buyer?.payingCartId === cart.cartId ? await findOrderForCart(db, cart.cartId, buyer.buyerKey) : null
  return {
    quote,
    items: cart.items,
    gone: await listGone(db, cart, quote.goneVariantIds),
    mergeNote: await readMergeNote(),
    formerPrices: new Map(changed),
    orderNumber: paid?.orderNumber ?? null,
  }
}

async function listGone(db: Database, { items }: Cart, variantIds: readonly number[]): Promise<GoneLine[]> {
  const named = new Map((await nameVariants(db, variantIds)).map((variant) => [variant.variantId, variant]))
  const nameless = { productName: 'A piece that is no longer in the catalogue', options: [] }
  return items
    .filter(([variantId]) => variantIds.includes(variantId))
    .map(([variantId, quantity]) => ({ variantId, quantity, ...(named.get(variantId) ?? nameless) }))
}
