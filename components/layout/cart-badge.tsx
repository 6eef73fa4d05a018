'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useSyncExternalStore } from 'react'

import { announceCartCount, readShownCount, subscribeToCartCount } from './cart-count'

/** How much is in the cart. A leaf of its own that reads a cookie, so that the pages around it stay static. */
export function CartBadge() {
  const count = useSyncExternalStore(subscribeToCartCount, readShownCount, () => 0)
  const pathname = usePathname()
  // The cart page and the receipt change the cookie on the server while the header stays mounted.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the path is the occasion, not an input
  useEffect(() => announceCartCount({ reread: true }), [pathname])
  return (
    <span className="cart-badge" data-count={count} aria-live="polite">
      {count}
      <span className="sr-only"> {count === 1 ? 'item' : 'items'}</span>
    </span>
  )
}
