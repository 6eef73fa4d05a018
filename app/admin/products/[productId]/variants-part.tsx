import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { RowsForm } from '@/components/admin/rows-form'
import { LOW_STOCK_MAX } from '@/lib/domain/catalog'
import { toDecimalString } from '@/lib/domain/money'
import { SKU_MAX } from '@/lib/domain/product'
import type { ProductDesk } from '@/lib/products/product-desk'

import { addSomeVariants, saveVariants } from './actions'
import type { Part } from './part'

export async function VariantsPart({ desk, hidden, refused }: Part) {
  const { variants, options, currency } = desk
  return (
    <Panel id="variants" title={variants.length === 1 ? '1 variant' : `${variants.length} variants`}>
      {variants.length > 0 ? (
        <RowsForm
          id="variants"
          name="Variants"
          rowLabel="Variant"
          action={saveVariants}
          refused={await refused('variants')}
          hidden={hidden}
          columns={[
            { name: 'sku', label: 'SKU', kind: 'text', maxLength: SKU_MAX, width: 'w-44' },
            { name: 'price', label: `Price in ${currency}`, kind: 'decimal', maxLength: 12, width: 'w-24' },
            { name: 'weight', label: 'Grams', kind: 'number', maxLength: 9, width: 'w-20' },
            { name: 'low', label: 'Low from', kind: 'number', maxLength: 9, width: 'w-16' },
            { name: 'active', label: 'On sale', kind: 'checkbox' },
          ]}
          rows={variants.map((variant) => ({
            id: variant.id,
            label: variantName(desk, variant),
            href: `/admin/stock/${variant.id}`,
            note: `${variant.onHand} on hand${variant.held > 0 ? `, ${variant.held} held` : ''}`,
            values: {
              sku: variant.sku,
              price: toDecimalString({ minor: variant.priceMinor, currency }),
              weight: String(variant.weightGrams),
              low: variant.lowStockAt === null ? '' : String(variant.lowStockAt),
              active: variant.active ? '1' : '',
            },
          }))}
          submit="Save the variants"
          pending="Saving…"
        />
      ) : (
        <p className="text-ink-soft">
          Nothing can be bought yet. Add the options first, if it has any; then the variants.
        </p>
      )}
      {variants.length > 0 ? (
        <p className="mt-2 text-xs text-ink-soft">
          “Low from” is the number of free pieces at which it counts as running low; empty for {LOW_STOCK_MAX}.
        </p>
      ) : null}
      <details open={variants.length === 0 || (await refused('add-variants')) !== null} className="desk-more">
        <summary>Add variants</summary>
        <ActForm
          id="add-variants"
          action={addSomeVariants}
          refused={await refused('add-variants')}
          hidden={hidden}
          compact
          fields={[
            ...options.map((option) => ({
              kind: 'select' as const,
              name: `option.${option.id}`,
              label: option.name,
              value: 'every',
              options: [
                { value: 'every', label: 'Every one that is missing' },
                ...option.values.map(({ id, value }) => ({ value: String(id), label: value })),
              ],
            })),
            {
              kind: 'text',
              name: 'sku',
              label: 'SKU',
              hint: options.length > 0 ? 'Of several, each gets its values behind it.' : '',
              value: desk.product.slug.toUpperCase(),
              maxLength: SKU_MAX,
            },
            { kind: 'text', name: 'price', label: `Price in ${currency}`, inputMode: 'decimal', maxLength: 12 },
            { kind: 'text', name: 'weight', label: 'Grams', inputMode: 'numeric', maxLength: 9 },
          ]}
          submit="Add"
          pending="Adding…"
          look="plain"
        />
      </details>
    </Panel>
  )
}

/** What makes a variant what it is, such as `A3, Oak`. */
export function variantName({ options }: ProductDesk, { values, sku }: ProductDesk['variants'][number]): string {
  const names = options.flatMap((option) => option.values.find(({ id }) => id === values.get(option.id))?.value ?? [])
  return names.length > 0 ? names.join(', ') : sku
}
