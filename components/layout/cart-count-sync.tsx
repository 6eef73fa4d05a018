'use client'

import { useEffect } from 'react'

import { announceCartCount } from './cart-count'
import { writeMark } from './marks'

/** A member's cart may have changed on another device: the badge, which reads a cookie, is told by the page that knows. */
export function CartCountSync({ count }: { count: number }) {
  useEffect(() => {
    writeMark('count', String(count))
    announceCartCount({ count })
  }, [count])
  return null
}
