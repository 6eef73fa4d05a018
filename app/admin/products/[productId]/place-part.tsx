import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { productStateName } from '@/components/admin/product-state'
import { inTreeOrder } from '@/lib/domain/category-tree'
import { PRODUCT_STATES } from '@/lib/domain/product'

import { savePlace } from './actions'
import type { Part } from './part'

/** Whether it is sold, and where it is found. */
export async function PlacePart({ desk: { product, tree, categories }, hidden, refused }: Part) {
  return (
    <Panel id="place" title="On sale">
      <ActForm
        id="place"
        action={savePlace}
        refused={await refused('place')}
        hidden={hidden}
        fields={[
          {
            kind: 'select',
            name: 'state',
            label: 'State',
            value: product.state,
            hint: 'A draft is seen by staff alone. What is archived is not sold any more; orders still tell of it.',
            options: PRODUCT_STATES.map((state) => ({ value: state, label: productStateName(state) })),
          },
          ...inTreeOrder(tree).map(({ row, depth }) => ({
            kind: 'checkbox' as const,
            name: `category.${row.id}`,
            label: row.name,
            indent: depth - 1,
            value: categories.some(({ id }) => id === row.id) ? '1' : '',
          })),
        ]}
        submit="Save"
        pending="Saving…"
      />
    </Panel>
  )
}
