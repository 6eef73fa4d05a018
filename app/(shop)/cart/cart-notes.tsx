import { Notice } from '@/components/ui/notice'
import { PlainLink } from '@/components/ui/plain-link'
import type { CartView } from '@/lib/cart/get-cart-view'

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
  const lines = new Map(view.quote.lines.map((line) => [line.variantId, line]))
  const nameOf = (variantId: number) => lines.get(variantId)?.productName ?? 'a piece that is no longer sold'
  const summed = (mergeNote?.summed ?? []).flatMap((variantId) => {
    const line = lines.get(variantId)
    return line ? [`${line.quantity} × ${line.productName}`] : []
  })
  const capped = (mergeNote?.capped ?? []).map(nameOf)
  const short = (mergeNote?.short ?? []).map(nameOf)
  const added = mergeNote?.added.length ?? 0
  return (
    <div className="mb-6 space-y-4">
      {repeated ? <Notice tone={repeated.tone} title={repeated.title} announce /> : null}
      {mergeNote ? (
        <Notice title="The cart of this browser and the one of your account are one now">
          {added > 0 ? (
            <p>
              {added === 1 ? '1 line from this device was' : `${added} lines from this device were`} added to your cart.
            </p>
          ) : null}
          {summed.length > 0 ? <p>Both had some of the same, now added up: {summed.join(', ')}.</p> : null}
          {capped.length > 0 ? (
            <p>There are fewer than you had put in of {capped.join(', ')}: no more are in stock or fit in a cart.</p>
          ) : null}
          {short.length > 0 ? (
            <p>Your account’s cart had more than are in stock already, so none were added, of {short.join(', ')}.</p>
          ) : null}
          {mergeNote.leftOut.length > 0 ? (
            <p>
              Some pieces are sold out or did not fit, and are on your{' '}
              <PlainLink href="/wish-list" className="text-link">
                wish list
              </PlainLink>
              .
            </p>
          ) : null}
        </Notice>
      ) : null}
    </div>
  )
}
