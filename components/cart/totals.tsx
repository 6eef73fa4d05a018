import { discountName, fullDeliveryMinor, type AppliedDiscount } from '@/lib/domain/discount'
import { formatMoney, type Currency } from '@/lib/domain/money'

export interface TotalsData {
  readonly currency: Currency
  readonly itemsMinor: number
  readonly discounts: readonly AppliedDiscount[]
  readonly deliveryMinor: number
  readonly taxMinor: number
  readonly taxIncluded: boolean
  readonly taxLabel: string | null
  readonly totalMinor: number
}

/** The parts and the total, aligned. `delivery` says what stands there until a method is chosen. */
export function Totals({
  totals,
  deliveryText,
  taxText,
}: {
  totals: TotalsData
  deliveryText?: string
  taxText?: string
}) {
  const money = (minor: number) => formatMoney({ minor, currency: totals.currency })
  const { taxLabel } = totals
  const delivery = fullDeliveryMinor(totals)
  return (
    <dl className="num space-y-2 text-base">
      <Row label="Items" value={money(totals.itemsMinor)} />
      <Row label="Delivery" value={deliveryText ?? (delivery === 0 ? 'Free' : money(delivery))} />
      {totals.discounts.map((discount) => (
        <Row key={discount.discountId} label={discountName(discount)} value={`−${money(discount.amountMinor)}`} />
      ))}
      {taxLabel && !totals.taxIncluded ? <Row label={taxLabel} value={money(totals.taxMinor)} /> : null}
      {!taxLabel && taxText ? <Row label="Tax" value={taxText} /> : null}
      <div className="flex items-baseline justify-between gap-6 border-t border-rule pt-3 text-lg font-medium">
        <dt>{deliveryText === undefined ? 'Total' : 'Total before delivery'}</dt>
        <dd>{money(totals.totalMinor)}</dd>
      </div>
      {taxLabel && totals.taxIncluded ? (
        <div className="flex items-baseline justify-between gap-6 text-sm text-ink-soft">
          <dt>of which {taxLabel}</dt>
          <dd>{money(totals.taxMinor)}</dd>
        </div>
      ) : null}
    </dl>
  )
}

function Row({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex items-baseline justify-between gap-6">
      <dt className="text-ink-soft">{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}
