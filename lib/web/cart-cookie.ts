import 'server-only'

import { cookies } from 'next/headers'
import { z } from 'zod'

import { Cart, CART_LINES_MAX, countItems } from '@/lib/domain/cart'
import { getEnvironment } from '@/lib/runtime/env'

import { readSealed, writeSealed, type SealedCookie } from './sealed-cookie'

const THIRTY_DAYS = 60 * 60 * 24 * 30

const CART: SealedCookie<Cart> = { name: 'cartwright_cart', schema: Cart, maxAgeSeconds: THIRTY_DAYS }

/** Unit prices (minor units) as they were when a line was put in: only to tell the shopper that one has changed. */
const SeenPrices = z.object({
  version: z.literal(1),
  prices: z.array(z.tuple([z.int().positive(), z.int().min(0)])).max(CART_LINES_MAX),
})
const SEEN_PRICES: SealedCookie<z.infer<typeof SeenPrices>> = {
  name: 'cartwright_prices',
  schema: SeenPrices,
  maxAgeSeconds: THIRTY_DAYS,
}

/** Readable by the badge, so that catalogue pages can stay static. It decides nothing. */
const COUNT_COOKIE = 'cartwright_count'

/** The cart in the browser's own cookie; null when there is none or the cookie is not ours. */
export async function readCartCookie(): Promise<Cart | null> {
  return readSealed(CART)
}

export async function writeCartCookie(cart: Cart): Promise<void> {
  await writeSealed(CART, cart)
  await writeCartCount(cart)
}

/** Once it is kept in the account. */
export async function deleteCartCookie(): Promise<void> {
  ;(await cookies()).delete(CART.name)
}

export async function writeCartCount(cart: Pick<Cart, 'items'>): Promise<void> {
  ;(await cookies()).set(COUNT_COOKIE, String(countItems(cart)), {
    httpOnly: false,
    secure: getEnvironment().APP_URL.startsWith('https://'),
    sameSite: 'lax',
    path: '/',
    maxAge: THIRTY_DAYS,
  })
}

export async function readSeenPrices(): Promise<Map<number, number>> {
  return new Map((await readSealed(SEEN_PRICES))?.prices ?? [])
}

/** Keeps the prices of lines that are in the cart and forgets the rest. */
export async function saveSeenPrices(prices: ReadonlyMap<number, number>, cart: Cart): Promise<void> {
  const present = new Set(cart.items.map(([variantId]) => variantId))
  const kept = [...prices].filter(([variantId]) => present.has(variantId))
  await writeSealed(SEEN_PRICES, { version: 1, prices: kept })
}
