import Link from 'next/link'

import type { CartActionState } from './cart-action-state'

export type Added = Extract<CartActionState, { kind: 'added' }>

/** The line under the button: the whole answer without JavaScript, a reminder once the drawer is closed. */
export function AddedNotice({ added }: { added: Added }) {
  return (
    <div className="added-notice">
      <p>
        In your cart: <span className="num">{added.quantity}</span> × {added.name}
      </p>
      <Link href="/cart" className="text-link py-2">
        Go to cart
      </Link>
    </div>
  )
}
