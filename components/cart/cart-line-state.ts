/** What a change of a cart line answers: null when it was done. */
export interface CartLineState {
  readonly message: string | null
}

export const IDLE_CART_LINE: CartLineState = { message: null }
