import { randomUUID } from 'node:crypto'

import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import { Notice } from '@/components/ui/notice'
import { formatMoney } from '@/lib/domain/money'
import { writeStart } from '@/lib/domain/price-change'

import type { Part } from './part'
import { cancelPrice, planPrice } from './price-actions'
import { variantName } from './variants-part'

/** Prices that take effect at a time. */
export async function PricesPart({ desk, hidden, refused }: Part) {
  const { prices, variants, currency } = desk
  if (variants.length === 0) return null
  const wrong = await refused('plan-price')
  const late = await refused('cancel-price')
  return (
    <Panel id="prices" title="Prices to come">
      {late?.errors['form'] ? <Notice tone="danger">{late.errors['form']}</Notice> : null}
      {prices.length === 0 ? (
        <p className="text-ink-soft">None: prices stay until somebody changes them.</p>
      ) : (
        <ul className="divide-y divide-rule">
          {prices.map((change) => {
            const variant = variants.find(({ id }) => id === change.variantId)
            return (
              <li key={change.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
                <span>
                  <span className="font-medium">{variant ? variantName(desk, variant) : change.sku}</span>{' '}
                  <span className="num">
                    {variant ? `${formatMoney({ minor: variant.priceMinor, currency })} → ` : ''}
                    {formatMoney({ minor: change.priceMinor, currency })}
                  </span>
                  <span className="block text-xs text-ink-soft">
                    <Time at={change.startsAt} />, {writeStart(change.startsAt)}, by {change.createdBy}
                  </span>
                </span>
                <ActForm
                  id={`cancel-${change.id}`}
                  action={cancelPrice}
                  refused={null}
                  hidden={{ ...hidden, changeId: change.id }}
                  fields={[]}
                  submit="Cancel"
                  submitLabel={`Cancel the price of ${change.sku} from ${writeStart(change.startsAt)}`}
                  pending="A moment…"
                  look="plain"
                />
              </li>
            )
          })}
        </ul>
      )}
      <details open={wrong !== null} className="desk-more">
        <summary>Plan a price</summary>
        <ActForm
          id="plan-price"
          action={planPrice}
          refused={wrong}
          hidden={{ ...hidden, changeId: randomUUID() }}
          compact
          fields={[
            {
              kind: 'select',
              name: 'variant',
              label: 'Variant',
              value: String(variants[0]?.id ?? ''),
              options: variants.map((variant) => ({ value: String(variant.id), label: variantName(desk, variant) })),
            },
            { kind: 'text', name: 'price', label: `Price in ${currency}`, inputMode: 'decimal', maxLength: 12 },
            { kind: 'datetime', name: 'from', label: 'From (UTC)' },
          ]}
          submit="Plan the price"
          pending="Planning…"
          look="plain"
        />
      </details>
    </Panel>
  )
}
