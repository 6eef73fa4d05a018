import { Notice } from '@/components/ui/notice'
import type { CartView } from '@/lib/cart/get-cart-view'

import { MergeNotice } from './merge-notice'

const AGAIN: Readonly<Record<string, { tone: 'positive' | 'warning'; title: string }>> = {
  all: { tone: 'positive', title: 'Everything of that order is in your cart' },
  some: { tone: 'warning', title: 'Not everything of that order can be bought again, or not as much of it' },
  none: { tone: 'warning', title: 'Nothing of that order can be bought any more' },
}

/** What the cart has been through: an order bought again, two carts that became one. */
export function CartNotes({ view, again }: { view: CartView; again: unknown }) {
  const repeated = typeof again === 'string' && Object.hasOwn(AGAIN, again) ? AGAIN[again] : undefined
  const { mergeNote } = view
  if (!repeated && !mergeNote) return null
  return (
    <div className="mb-6 space-y-4">
      {repeated ? <Notice tone={repeated.tone} title={repeated.title} announce /> : null}
      {mergeNote ? <MergeNotice note={mergeNote} lines={view.quote.lines} /> : null}
    </div>
  )
}
