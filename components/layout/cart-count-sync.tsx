'use client'

import { useEffect } from 'react'

import { announceCartCount } from './cart-count'

/** A member's cart may have changed on another device: the badge, which reads a cookie, is told by the page that knows. */
export function CartCountSync({ count }: { count: number }) {
  useEffect(() => {
    document.cookie = `cartwright_count=${count}; path=/; max-age=2592000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`
    announceCartCount({ count })
  }, [count])
  return null
}
