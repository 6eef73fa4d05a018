'use client'

import { useEffect } from 'react'

/** A member's wish list may have changed on another device: product pages, which read a cookie, go by the page that knows. */
export function WishMarksSync({ productIds }: { productIds: readonly number[] }) {
  const marks = productIds.join('.')
  useEffect(() => {
    const secure = location.protocol === 'https:' ? '; secure' : ''
    document.cookie = `cartwright_wished=${marks}; path=/; max-age=15552000; samesite=lax${secure}`
  }, [marks])
  return null
}
