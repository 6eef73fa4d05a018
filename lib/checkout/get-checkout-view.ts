import 'server-only'

import { getDatabase } from '@/db/client'
import { listServedCountries } from '@/db/queries/shop'
import { findOrderForCart, getLastOrder } from '@/lib/orders/find-order-for-cart'
import { Address } from '@/lib/domain/address'
import { countryName } from '@/lib/domain/country'
import { firstOpenStep, type CheckoutDraft, type CheckoutStep } from '@/lib/domain/checkout'
import type { SavedAddress } from '@/lib/members/address-book'
import { readBuyer } from '@/lib/web/buyer-cookie'
import { readCart } from '@/lib/web/current-cart'
import { readCheckoutDraft } from '@/lib/web/checkout-cookie'

import { quoteCheckout, type CheckoutQuote } from './quote-checkout'
import { listCheckoutAddresses } from './saved-addresses'

export interface CheckoutView {
  readonly draft: CheckoutDraft
  readonly quote: CheckoutQuote
  /** The first step that needs the shopper, judged by today's methods as well as by the draft. */
  readonly openStep: CheckoutStep
  readonly countries: readonly { readonly code: string; readonly name: string }[]
  /** The member's own; null for a guest. */
  readonly savedAddresses: readonly SavedAddress[] | null
}

export type CheckoutViewOutcome =
  | { readonly kind: 'open'; readonly view: CheckoutView }
  | { readonly kind: 'cart_unavailable' | 'already_ordered' }
  /** With the order that this browser has placed last. */
  | { readonly kind: 'cart_empty'; readonly lastOrderNumber: string | null }

/** The checkout of the browser's cart, or why there is none. */
export async function getCheckoutView(): Promise<CheckoutViewOutcome> {
  const db = getDatabase()
  const cart = await readCart()
  const buyer = await readBuyer()
  if (await findOrderForCart(db, cart.cartId, buyer?.buyerKey ?? null)) return { kind: 'already_ordered' }
  if (cart.items.length === 0) {
    return { kind: 'cart_empty', lastOrderNumber: (await getLastOrder(buyer))?.orderNumber ?? null }
  }
  const draft = await readCheckoutDraft()
  const address = Address.safeParse(draft.address).data ?? null
  const quote = await quoteCheckout(db, cart, { ...draft, address })
  if (quote.goneVariantIds.length + quote.shortVariantIds.length > 0) return { kind: 'cart_unavailable' }
  const countries = await getServedCountries()
  const savedAddresses = await listCheckoutAddresses()
  return { kind: 'open', view: { draft, quote, openStep: openStep(draft, quote), countries, savedAddresses } }
}

/** Where the shop delivers to, by name. */
export async function getServedCountries(): Promise<{ code: string; name: string }[]> {
  const codes = await listServedCountries(getDatabase())
  return codes.map((code) => ({ code, name: countryName(code) })).toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}

function openStep(draft: CheckoutDraft, quote: CheckoutQuote): CheckoutStep {
  const open = firstOpenStep(draft)
  if (open === 'contact' || open === 'address') return open
  if (!quote.countryServed) return 'address'
  return quote.delivery ? 'review' : 'delivery'
}
