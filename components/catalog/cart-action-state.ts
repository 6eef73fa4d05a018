/** What `addToCart` answers. `count` is the number of pieces now in the cart; `totalText` is ready to be shown. */
export type CartActionState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'added'
      readonly name: string
      readonly quantity: number
      readonly count: number
      readonly totalText: string | null
    }
  | { readonly kind: 'error'; readonly message: string }

export const IDLE_CART_ACTION: CartActionState = { kind: 'idle' }
