'use client'

import Minus from 'lucide-react/icons/minus'
import Plus from 'lucide-react/icons/plus'
import {
  startTransition,
  useActionState,
  useEffect,
  useOptimistic,
  useRef,
  type ReactNode,
  type SubmitEvent,
} from 'react'

import { announceCartCount } from '@/components/layout/cart-count'
import { ICON } from '@/components/ui/icon-look'

import { IDLE_CART_LINE, type CartLineState } from './cart-line-state'

type Action = (previous: CartLineState, formData: FormData) => Promise<CartLineState>

const STEP =
  'flex size-11 items-center justify-center text-lg text-ink hover:bg-wash disabled:text-ink-soft disabled:hover:bg-transparent'

/** Minus, the number itself, plus, remove: each a form of its own, so that all of it works before and without script. */
export function LineQuantityForm({
  action,
  variantId,
  name,
  quantity,
  max,
  refusal,
  onlyRemove = false,
}: {
  action: Action
  variantId: number
  name: string
  quantity: number
  max: number
  /** What was wrong when the form was posted without JavaScript. */
  refusal: string | null
  /** Nothing of it can be bought any more. */
  onlyRemove?: boolean
}) {
  const { shown, message, pending, formProps } = useLineQuantity(action, quantity, max, refusal)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const isTyping = pending && document.activeElement === field.current
    if (field.current && !isTyping) field.current.value = String(shown)
  }, [shown, pending])
  const change = (children: ReactNode) => (
    <form {...formProps}>
      <input type="hidden" name="variantId" value={variantId} />
      {children}
    </form>
  )
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {onlyRemove ? null : (
          <div className="flex items-center rounded-sm border border-edge bg-sheet">
            {change(
              <button name="quantity" value={shown - 1} className={STEP} aria-label={`One less: ${name}`}>
                <Minus {...ICON} />
              </button>,
            )}
            {change(
              <input
                ref={field}
                name="quantity"
                defaultValue={quantity}
                inputMode="numeric"
                autoComplete="off"
                maxLength={3}
                aria-label={`Change the quantity of ${name}`}
                aria-invalid={message ? true : undefined}
                aria-describedby={message ? `line-${variantId}-error` : undefined}
                onBlur={({ currentTarget }) => {
                  if (currentTarget.value !== String(shown)) currentTarget.form?.requestSubmit()
                }}
                className="num h-11 w-11 bg-transparent text-center text-base"
              />,
            )}
            {change(
              <button
                name="quantity"
                value={shown + 1}
                className={STEP}
                disabled={shown >= max}
                aria-label={`One more: ${name}`}
              >
                <Plus {...ICON} />
              </button>,
            )}
          </div>
        )}
        {change(
          <button
            name="quantity"
            value="0"
            className="min-h-11 text-sm text-ink-soft underline decoration-edge underline-offset-4 hover:text-ink"
            aria-label={`Remove ${name}`}
          >
            Remove
          </button>,
        )}
        <output className="sr-only" aria-label={`Quantity of ${name}`}>
          {shown}
        </output>
        {pending ? <span className="text-sm text-ink-soft">Updating…</span> : null}
      </div>
      {message ? (
        <p id={`line-${variantId}-error`} role="alert" className="mt-2 text-sm text-danger">
          {message}
        </p>
      ) : null}
    </div>
  )
}

/** The quantity as it will be once the server agrees; the badge in the header follows along. */
function useLineQuantity(action: Action, quantity: number, max: number, refusal: string | null) {
  const [state, submit, pending] = useActionState(action, refusal === null ? IDLE_CART_LINE : { message: refusal })
  const [shown, show] = useOptimistic(quantity)
  // After every render: another line's form, or another tab, may have changed the cart.
  useEffect(() => {
    if (!pending) announceCartCount({ reread: true })
  })
  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const asked = new FormData(event.currentTarget, event.nativeEvent.submitter)
    const next = Number(asked.get('quantity'))
    startTransition(() => {
      if (Number.isInteger(next) && next >= 0 && next <= Math.max(max, quantity)) {
        show(next)
        announceCartCount({ added: next - quantity })
      }
      submit(asked)
    })
  }
  return { shown, message: state.message, pending, formProps: { action: submit, onSubmit } }
}
