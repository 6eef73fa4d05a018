import ChevronDown from 'lucide-react/icons/chevron-down'

import type { ReactNode } from 'react'

import { LineSummary } from '@/components/cart/line-summary'
import { Totals, type TotalsData } from '@/components/cart/totals'
import { ICON } from '@/components/ui/icon-look'
import type { Picture } from '@/lib/domain/catalog'
import { formatMoney } from '@/lib/domain/money'

export interface SummaryLine {
  readonly variantId: number
  readonly productName: string
  readonly options: readonly { readonly name: string; readonly value: string }[]
  readonly picture: Picture | null
  readonly quantity: number
  readonly lineTotalMinor: number
}

/** What is being bought: folded away on the phone with the total in sight, beside the steps on a wide screen. */
export function OrderSummary({
  lines,
  totals,
  deliveryKnown,
  taxKnown,
  children,
}: {
  lines: readonly SummaryLine[]
  totals: TotalsData
  deliveryKnown: boolean
  taxKnown: boolean
  /** Below it, on every screen. */
  children: ReactNode
}) {
  const money = (minor: number) => formatMoney({ minor, currency: totals.currency })
  const content = (
    <div className="space-y-6">
      <ul className="space-y-5">
        {lines.map((line) => (
          <li key={line.variantId}>
            <LineSummary
              name={line.productName}
              options={line.options}
              picture={line.picture}
              total={money(line.lineTotalMinor)}
            >
              {line.quantity > 1 ? <p className="num mt-1 text-sm text-ink-soft">{line.quantity} pieces</p> : null}
            </LineSummary>
          </li>
        ))}
      </ul>
      <Totals
        totals={totals}
        {...(deliveryKnown ? {} : { deliveryText: 'Next step' })}
        {...(taxKnown ? {} : { taxText: 'With the address' })}
      />
    </div>
  )
  return (
    <>
      <details className="group border-y border-rule lg:hidden">
        <summary className="flex min-h-14 cursor-pointer items-center justify-between gap-4 py-3 text-base">
          <span>
            Your order
            <span className="ms-3 inline-flex items-center gap-1 text-sm text-ink-soft underline decoration-edge underline-offset-4">
              <span className="group-open:hidden">Show</span>
              <span className="hidden group-open:inline">Hide</span>
              <ChevronDown {...ICON} className="transition-transform duration-150 group-open:rotate-180" />
            </span>
          </span>
          <span className="num font-medium">{money(totals.totalMinor)}</span>
        </summary>
        <div className="pb-6">{content}</div>
      </details>
      <div className="lg:sticky lg:top-8">
        <section aria-label="Your order" className="hidden lg:block">
          {content}
        </section>
        {children}
      </div>
    </>
  )
}
