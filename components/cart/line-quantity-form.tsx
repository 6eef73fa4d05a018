'use client'

import { useActionState } from 'react'

import { IDLE_CART_LINE, type CartLineState } from './cart-line-state'

type Action = (previous: CartLineState, formData: FormData) => Promise<CartLineState>

const STEP =
  'flex size-11 items-center justify-center text-lg text-ink hover:bg-wash disabled:text-ink-soft aria-disabled:text-ink-soft'

/** Minus, the number itself, plus, remove. Every control is a submit button, so it works before and without script. */
export function LineQuantityForm({
  action,
  variantId,
  name,
  quantity,
  max,
}: {
  action: Action
  variantId: number
  name: string
  quantity: number
  max: number
}) {
  const [state, submit, pending] = useActionState(action, IDLE_CART_LINE)
  const error = `line-${variantId}-error`
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <form action={submit} className="flex items-center rounded-sm border border-edge bg-sheet">
          <input type="hidden" name="variantId" value={variantId} />
          <button
            name="quantity"
            value={quantity - 1}
            className={STEP}
            aria-disabled={pending}
            aria-label={`One less: ${name}`}
          >
            −
          </button>
          <output className="num min-w-8 text-center text-base" aria-label={`Quantity of ${name}`}>
            {quantity}
          </output>
          <button
            name="quantity"
            value={quantity + 1}
            className={STEP}
            disabled={quantity >= max}
            aria-disabled={pending}
            aria-label={`One more: ${name}`}
          >
            +
          </button>
        </form>
        <form action={submit}>
          <input type="hidden" name="variantId" value={variantId} />
          <button
            name="quantity"
            value="0"
            className="min-h-11 text-sm text-ink-soft underline decoration-edge underline-offset-4 hover:text-ink"
            aria-label={`Remove ${name}`}
          >
            Remove
          </button>
        </form>
        {pending ? (
          <span role="status" className="text-sm text-ink-soft">
            Updating…
          </span>
        ) : null}
      </div>
      {state.message ? (
        <p id={error} role="alert" className="mt-2 text-sm text-danger">
          {state.message}
        </p>
      ) : null}
    </div>
  )
}
