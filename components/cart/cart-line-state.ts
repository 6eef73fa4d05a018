/** What a change of a cart line answers: null when it was done. */
export interface CartLineState {
  readonly message: string | null
}

export const IDLE_CART_LINE: CartLineState = { message: null }

/** Names of the cart's forms: what was wrong with one is shown beside it when there is no script to do so. */
export const CART_FORM = 'cart'

export function cartLineForm(variantId: number): string {
  return `${CART_FORM}-${variantId}`
}
