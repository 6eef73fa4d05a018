'use client'

import { useActionState, useSyncExternalStore } from 'react'

import { PlainLink } from '@/components/ui/plain-link'

import { isWished } from './wish-marks'
import type { WishState } from './wish-state'

const TEXTS = {
  idle: 'Add to the wish list',
  wished: 'On your wish list',
  full: 'Your wish list is full',
  refused: 'That did not work. Try again',
} as const

const never = () => () => {}

/**
 * A small button below the cart's. Works without JavaScript; a form, so that it is one there too. Whether the product is wished for
 * already is in a cookie, so that the page can stay static.
 */
export function WishForm({
  product,
  productId,
  action,
}: {
  product: string
  productId: number
  action: (previous: WishState, formData: FormData) => Promise<WishState>
}) {
  const [answer, submit, pending] = useActionState(action, 'idle')
  const wished = useSyncExternalStore(
    never,
    () => isWished(productId),
    () => false,
  )
  const state = answer === 'idle' && wished ? 'wished' : answer
  return (
    <form action={submit} className="wish">
      <input type="hidden" name="product" value={product} />
      <button aria-disabled={pending || undefined}>
        <span aria-live="polite">{TEXTS[state]}</span>
      </button>
      {state === 'wished' || state === 'full' ? <PlainLink href="/wish-list">See it</PlainLink> : null}
    </form>
  )
}
