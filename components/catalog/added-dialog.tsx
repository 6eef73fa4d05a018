'use client'

import { useEffect, useRef } from 'react'

import { Button, ButtonLink } from '@/components/ui/button'
import { Picture } from '@/components/ui/picture'
import type { Picture as PictureData } from '@/lib/domain/catalog'

import type { CartActionState } from './cart-action-state'

/** Opens each time something has been added: what it was, the total, and two ways on. The browser keeps the focus in. */
export function AddedDialog({ state, picture }: { state: CartActionState; picture: PictureData | null }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const shown = useRef<CartActionState | null>(null)
  useEffect(() => {
    const opened = dialog.current
    // Coming back to this page is no occasion to say it again.
    if (state.kind === 'added' && shown.current !== state) opened?.showModal()
    shown.current = state
    // A page that is left is kept hidden; a dialog left open in it would make the next page inert.
    return () => opened?.close()
  }, [state])
  const close = () => dialog.current?.close()
  if (state.kind !== 'added') return null
  return (
    <dialog
      ref={dialog}
      className="drawer"
      aria-labelledby="added-title"
      onClick={(event) => event.target === event.currentTarget && close()}
    >
      <div>
        <h2 id="added-title" className="text-xl">
          Added to your cart
        </h2>
        <div className="drawer-line">
          {picture ? <Picture picture={picture} sizes="6rem" alt="" /> : null}
          <p>
            <span className="num">{state.quantity}</span> × {state.name}
          </p>
        </div>
        <p className="drawer-total">
          <span>
            {state.count === 1 ? '1 item' : `${state.count} items`} <span className="text-ink-soft">in the cart</span>
          </span>
          {state.totalText ? <b className="num">{state.totalText}</b> : null}
        </p>
        <ButtonLink href="/cart">Go to cart</ButtonLink>
        <Button look="secondary" onClick={close}>
          Keep looking
        </Button>
      </div>
    </dialog>
  )
}
