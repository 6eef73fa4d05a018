'use client'

import { useEffect } from 'react'

import { writeMark } from '@/components/layout/marks'

/** A member's wish list may have changed on another device: product pages, which read a cookie, go by the page that knows. */
export function WishMarksSync({ productIds }: { productIds: readonly number[] }) {
  const marks = productIds.join('.')
  useEffect(() => {
    writeMark('wished', marks)
  }, [marks])
  return null
}
