import { Notice } from '@/components/ui/notice'
import { PlainLink } from '@/components/ui/plain-link'
import type { CheckoutQuote } from '@/lib/checkout/quote-checkout'
import type { MergeNote } from '@/lib/domain/merge-note'

/** What happened when the cart of this browser met the account's. */
export function MergeNotice({ note, lines: told }: { note: MergeNote; lines: CheckoutQuote['lines'] }) {
  const lines = new Map(told.map((line) => [line.variantId, line]))
  const nameOf = (variantId: number) => lines.get(variantId)?.productName ?? 'a piece that is no longer sold'
  const summed = note.summed.flatMap((variantId) => {
    const line = lines.get(variantId)
    return line ? [`${line.quantity} × ${line.productName}`] : []
  })
  const capped = note.capped.map(nameOf)
  const short = note.short.map(nameOf)
  const added = note.added.length
  return (
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
      {note.leftOut.length > 0 ? (
        <p>
          Some pieces are sold out or did not fit, and are on your{' '}
          <PlainLink href="/wish-list" className="text-link">
            wish list
          </PlainLink>
          .
        </p>
      ) : null}
    </Notice>
  )
}
