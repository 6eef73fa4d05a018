'use client'

import { useEffect } from 'react'

import { announceCartCount } from './cart-count'
import { clearMark, readMark, writeMark } from './marks'

const isMarked = () => readMark('member') === '1'

/**
 * A member's cart and wishes may have changed on another device, or this one may have been signed out from there. Pages that are the same
 * for everybody go by readable cookies, so these are put right whenever a member's browser looks at one.
 */
export function MemberMarks() {
  useEffect(() => {
    const follow = () => {
      if (document.visibilityState === 'visible' && isMarked()) void putRight()
    }
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => document.removeEventListener('visibilitychange', follow)
  }, [])
  return null
}

async function putRight(): Promise<void> {
  const before = document.cookie
  const answer = await fetch('/api/member/marks').catch(() => null)
  if (!answer?.ok) return
  const { isMember, count, wished } = (await answer.json()) as { isMember: boolean; count: number; wished: number[] }
  // What was done here meanwhile is newer, and whoever signed out leaves nothing behind.
  if (document.cookie !== before) return
  writeMark('count', String(count))
  writeMark('wished', wished.join('.'))
  if (!isMember) clearMark('member')
  if (document.cookie !== before) announceCartCount({ count })
}
