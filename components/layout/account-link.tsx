'use client'

import { usePathname } from 'next/navigation'
import { useSyncExternalStore } from 'react'

import { CART_COUNT_EVENT as MARKS_EVENT } from './cart-count'
import { readMark } from './marks'

const follow = (notify: () => void) => {
  window.addEventListener(MARKS_EVENT, notify)
  return () => window.removeEventListener(MARKS_EVENT, notify)
}
const isMember = () => readMark('member') === '1'

function signInHref(from: string): string {
  return `/sign-in?to=${encodeURIComponent(from)}`
}

/** To the account, or to the sign-in and back. A leaf of its own that reads a cookie, so that the pages around it stay static. */
export function AccountLink() {
  const pathname = usePathname()
  const signedIn = useSyncExternalStore(follow, isMember, () => true)
  // A document of its own: the account's pages have a stricter content policy.
  return (
    <a
      href={signedIn ? '/account' : signInHref(pathname)}
      onClick={(event) => {
        // The page's query is known only here: asking for it earlier would keep the page from being static.
        if (!signedIn) event.currentTarget.href = signInHref(pathname + location.search)
      }}
    >
      {signedIn ? 'Account' : 'Sign in'}
    </a>
  )
}
