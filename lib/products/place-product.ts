import 'server-only'

import type { Database } from '@/db/client'
import { listCategories } from '@/db/queries/catalog-categories'
import { listCategoriesOf, listVariantRows, replaceCategories } from '@/db/queries/product-desk'
import type { Admin } from '@/lib/admin/admin'
import type { ProductState } from '@/lib/domain/product'

import { actOnProduct, type ProductAct, type ProductOutcome } from './act-on-product'

/** Whether it is sold, and in which categories. Only a product with something to buy goes on sale. */
export async function placeProduct(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { state, categoryIds, ...act }: ProductAct & { state: ProductState; categoryIds: readonly number[] },
): Promise<ProductOutcome> {
  return actOnProduct(db, admin, act, async (tx, product) => {
    if (state === 'active' && !(await listVariantRows(tx, product.id)).some(({ active }) => active)) {
      return { kind: 'invalid', errors: { state: 'There is nothing to buy yet: add a variant first.' } }
    }
    const known = await listCategories(tx)
    const chosen = known.filter(({ id }) => categoryIds.includes(id))
    const before = await listCategoriesOf(tx, product.id)
    await replaceCategories(
      tx,
      product.id,
      chosen.map(({ id }) => id),
    )
    const isNew = product.state === 'draft' && state === 'active'
    return {
      kind: 'change',
      action: 'product.changed',
      before: { state: product.state, categories: inWords(before) },
      after: { state, categories: inWords(chosen) },
      values: { state, ...(isNew ? { publishedAt: new Date() } : {}) },
    }
  })
}

function inWords(categories: readonly { readonly name: string }[]): string {
  return categories
    .map(({ name }) => name)
    .toSorted()
    .join(', ')
}
