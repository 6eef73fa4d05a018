'use client'

import { useActionState } from 'react'

import { SubmitButton } from '@/components/ui/submit-button'

import { IDLE_CART_LINE, type CartLineState } from './cart-line-state'

/** One click that makes a cart buyable again. */
export function FitToStockForm({ action }: { action: (previous: CartLineState) => Promise<CartLineState> }) {
  const [state, submit] = useActionState(action, IDLE_CART_LINE)
  return (
    <form action={submit} className="mt-3">
      <SubmitButton look="secondary" pendingLabel="Updating the cart…">
        Keep what is available
      </SubmitButton>
      {state.message ? (
        <p role="alert" className="mt-2 text-sm text-danger">
          {state.message}
        </p>
      ) : null}
    </form>
  )
}
