import { Facts, Panel } from '@/components/admin/panel'
import { WideTable } from '@/components/admin/wide-table'
import { formatMoney } from '@/lib/domain/money'
import type { ProductDesk } from '@/lib/products/product-desk'

import { variantName } from './variants-part'

/** A product for whoever may look at it and change nothing. */
export function ProductFacts({ desk }: { desk: ProductDesk }) {
  const { product, categories, variants, currency } = desk
  return (
    <div className="max-w-4xl space-y-6">
      <Panel id="facts" title="Product">
        <Facts
          rows={[
            ['Address', `/products/${product.slug}`],
            ['Categories', categories.map(({ name }) => name).join(', ') || 'none'],
            ...product.details.map(({ label, value }) => [label, value] as const),
          ]}
        />
        <p className="mt-4 max-w-prose whitespace-pre-line text-ink-soft">{product.description}</p>
      </Panel>
      <Panel id="variants" title={variants.length === 1 ? '1 variant' : `${variants.length} variants`}>
        <WideTable name="Variants" className="-mx-5">
          <table className="desk-table">
            <thead>
              <tr>
                <th scope="col">Variant</th>
                <th scope="col">SKU</th>
                <th scope="col" className="end">
                  Price
                </th>
                <th scope="col" className="end">
                  On hand
                </th>
              </tr>
            </thead>
            <tbody>
              {variants.map((variant) => (
                <tr key={variant.id}>
                  <th scope="row" className="font-normal!">
                    {variantName(desk, variant)}
                    {variant.active ? null : <span className="text-ink-soft">, not on sale</span>}
                  </th>
                  <td className="num">{variant.sku}</td>
                  <td className="end num">{formatMoney({ minor: variant.priceMinor, currency })}</td>
                  <td className="end num">{variant.onHand}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      </Panel>
    </div>
  )
}
