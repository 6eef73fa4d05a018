'use client'

import { useEffect, useRef, useState } from 'react'

import { Button, ButtonLink } from '@/components/ui/button'
import { loadSheet } from '@/components/ui/load-sheet'
import { Picture } from '@/components/ui/picture'
import { useOnDemand } from '@/components/ui/use-on-demand'
import type { Picture as PictureData } from '@/lib/domain/catalog'

import type { CartActionState } from './cart-action-state'

/**
 * Opens each time something has been added: what it was, the total, and two ways on. If its code cannot be had, the line
 * under the button says the same.
 */
export function AddedSheet({ state, picture }: { state: CartActionState; picture: PictureData | null }) {
  const [Sheet, prepare] = useOnDemand(loadSheet)
  const [open, setOpen] = useState(false)
  const answered = useRef<CartActionState | null>(null)
  useEffect(() => {
    let here = true
    // Coming back to this page is no occasion to say it again.
    const isNew = state.kind === 'added' && answered.current !== state
    answered.current = state
    if (isNew) void prepare().then((ready) => here && setOpen(ready))
    return () => {
      // A page that is left is kept, and would come back with the panel open.
      here = false
      setOpen(false)
    }
  }, [prepare, state])
  if (state.kind !== 'added' || !Sheet) return null
  const close = () => setOpen(false)
  return (
    <Sheet open={open} title="Added to your cart" onClose={close}>
      <div className="added-line">
        {picture ? <Picture picture={picture} sizes="6rem" alt="" /> : null}
        <p>
          <span className="num">{state.quantity}</span> × {state.name}
        </p>
      </div>
      <p className="added-total">
        <span>
          {state.count === 1 ? '1 item' : `${state.count} items`} <span className="text-ink-soft">in the cart</span>
        </span>
        {state.totalText ? <b className="num">{state.totalText}</b> : null}
      </p>
      <ButtonLink href="/cart">Go to cart</ButtonLink>
      <Button look="secondary" onClick={close}>
        Keep looking
      </Button>
    </Sheet>
  )
}
