'use client'

import { startTransition, useActionState, useEffect, type SubmitEvent } from 'react'

import { announceCartCount } from '@/components/layout/cart-count'
import { loadSheet } from '@/components/ui/load-sheet'
import { SubmitButton } from '@/components/ui/submit-button'

import type { Picture } from '@/lib/domain/catalog'

import { AddedNotice } from './added-notice'
import { AddedSheet } from './added-sheet'
import { explainChoice, findVariant, stateOf, type Buyable } from './buyable'
import { IDLE_CART_ACTION, type CartActionState } from './cart-action-state'
import { OptionChoice } from './option-choice'
import { QuantityChoice } from './quantity-choice'
import { useHydrated } from './use-hydrated'

export type AddToCart = (previous: CartActionState, formData: FormData) => Promise<CartActionState>

/**
 * Choose, and put it in the cart. It is a form with a server action, so it works before and without JavaScript: then
 * it sends the chosen values and the server finds the variant they add up to.
 */
export function BuyForm({
  product,
  action,
  picture,
  chosen,
  onChoose,
}: {
  product: Buyable
  /** Shows the choice. */
  picture: Picture | null
  action: AddToCart
  chosen: readonly string[]
  onChoose: (chosen: readonly string[]) => void
}) {
  const [state, submit, pending] = useActionState(action, IDLE_CART_ACTION)
  const hydrated = useHydrated()
  const variant = findVariant(product, chosen)
  const problem = explainChoice(product, chosen)

  useEffect(() => {
    if (state.kind === 'added') announceCartCount({ count: state.count })
    if (state.kind === 'error') announceCartCount({ reread: true })
  }, [state])
  // Left to itself React empties the form after its action, and the choices with it.
  const submitAndKeepChoices = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    // Needed when the answer is there; a failure shows then.
    void loadSheet().catch(() => null)
    const formData = new FormData(event.currentTarget)
    announceCartCount({ added: Number(formData.get('quantity')) || 1 })
    startTransition(() => submit(formData))
  }

  return (
    <form action={submit} onSubmit={submitAndKeepChoices} className="buy">
      <p className="buy-price num">
        {variant?.price ?? product.variants[0]?.price}
        <small>Tax and delivery are worked out at checkout.</small>
      </p>
      <input type="hidden" name="product" value={product.slug} />
      {variant && hydrated ? <input type="hidden" name="variantId" value={variant.id} /> : null}
      {product.options.map((option, index) => (
        <OptionChoice
          key={option.name}
          option={option}
          name={`option.${option.name}`}
          chosen={chosen[index]}
          stateOf={(value) => stateOf(product, chosen, index, value)}
          onChoose={(value) => onChoose(chosen.with(index, value))}
        />
      ))}
      <p className="buy-stock" data-warns={problem !== null || variant?.left !== null} aria-live="polite">
        {problem ?? (variant?.left ? `Only ${variant.left} left.` : 'In stock.')}
      </p>
      <div className="buy-act">
        <QuantityChoice most={variant?.left ?? null} />
        <SubmitButton disabled={hydrated && problem !== null} pending={pending} pendingLabel="Adding">
          {problem === null ? 'Add to cart' : variant ? 'Sold out' : 'Not made'}
        </SubmitButton>
      </div>
      {state.kind === 'error' && !pending ? (
        <p role="alert" className="buy-error">
          {state.message}
        </p>
      ) : null}
      {state.kind === 'added' ? <AddedNotice added={state} /> : null}
      <AddedSheet state={state} picture={picture} />
    </form>
  )
}
