import Link from 'next/link'

import { LineQuantityForm } from '@/components/cart/line-quantity-form'
import { LineSummary } from '@/components/cart/line-summary'
import type { CartView } from '@/lib/cart/get-cart-view'
import { LINE_QUANTITY_MAX } from '@/lib/domain/cart'
import { formatMoney } from '@/lib/domain/money'

import { setQuantity } from './actions'

/** A line whose piece is no longer sold: it says so, and can be taken out. */
export function GoneLineRow({ line, refusal }: { line: CartView['gone'][number]; refusal: string | null }) {
  return (
    <LineSummary name={line.productName} options={line.options} picture={null} total="">
      <p className="mt-1 text-sm font-medium text-warning">No longer sold.</p>
      <div className="mt-3">
        <LineQuantityForm
          action={setQuantity}
          variantId={line.variantId}
          name={line.productName}
          quantity={line.quantity}
          refusal={refusal}
          max={0}
          onlyRemove
        />
      </div>
    </LineSummary>
  )
}

/** A line with its warnings, and the forms that change it. */
export function CartLineRow({
  line,
  currency,
  former,
  refusal,
}: {
  line: CartView['quote']['lines'][number]
  currency: CartView['quote']['currency']
  /** Unit price (minor units) when it was put in, if that has changed. */
  former: number | undefined
  /** Why this line could not be changed, when its form was posted without JavaScript. */
  refusal: string | null
}) {
  const money = (minor: number) => formatMoney({ minor, currency })
  return (
    <LineSummary
      name={
        <Link href={`/products/${line.productSlug}`} className="hover:underline">
          {line.productName}
        </Link>
      }
      options={line.options}
      picture={line.picture}
      total={money(line.unitPriceMinor * line.quantity)}
    >
      {line.quantity > 1 ? <p className="num mt-1 text-sm text-ink-soft">{money(line.unitPriceMinor)} each</p> : null}
      {former !== undefined ? (
        <p className="num mt-1 text-sm font-medium text-warning">
          The price has changed since you put this in: it was {money(former)}, now it is {money(line.unitPriceMinor)}.
        </p>
      ) : null}
      {line.quantity > line.available ? (
        <p className="mt-1 text-sm font-medium text-warning">{shortText(line.available)}</p>
      ) : null}
      <div className="mt-3">
        <LineQuantityForm
          action={setQuantity}
          variantId={line.variantId}
          name={line.productName}
          quantity={line.quantity}
          refusal={refusal}
          max={Math.min(LINE_QUANTITY_MAX, Math.max(line.available, 0))}
        />
      </div>
    </LineSummary>
  )
}

function shortText(available: number): string {
  return available <= 0 ? 'Sold out meanwhile.' : `Only ${available} left.`
}
