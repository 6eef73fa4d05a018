import { readMark } from './marks'

export const CART_COUNT_EVENT = 'cartwright:count'

/** `count` is what the server says; `added` is a guess until it answers. */
export type CartCountChange = { readonly count: number } | { readonly added: number } | { readonly reread: true }

/** Tells every badge on the page, before the server has answered or after. */
export function announceCartCount(change: CartCountChange): void {
  window.dispatchEvent(new CustomEvent<CartCountChange>(CART_COUNT_EVENT, { detail: change }))
}

let shown = 0

/** The number now shown; for `useSyncExternalStore`. */
export function readShownCount(): number {
  return shown
}

/** Follows this tab's changes, and those of other tabs when this one is looked at again. */
export function subscribeToCartCount(notify: () => void): () => void {
  // Each badge is told for itself, also when another one on the page has heard it before.
  const show = (count: number) => {
    shown = count
    notify()
  }
  const reread = () => show(readCookie())
  const follow = (event: Event) => {
    const change = (event as CustomEvent<CartCountChange>).detail
    if ('count' in change) show(change.count)
    else if ('added' in change) show(readCookie() + change.added)
    else reread()
  }
  reread()
  window.addEventListener(CART_COUNT_EVENT, follow)
  window.addEventListener('pageshow', reread)
  document.addEventListener('visibilitychange', reread)
  return () => {
    window.removeEventListener(CART_COUNT_EVENT, follow)
    window.removeEventListener('pageshow', reread)
    document.removeEventListener('visibilitychange', reread)
  }
}

function readCookie(): number {
  const value = readMark('count')
  return /^\d{1,4}$/.test(value) ? Number(value) : 0
}
