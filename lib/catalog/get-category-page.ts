import 'server-only'

import { getDatabase } from '@/db/client'
import { listProducts } from '@/db/queries/catalog'
import { listCategories } from '@/db/queries/catalog-categories'
import type { CategoryView, ProductCard } from '@/lib/domain/catalog'
import { PRODUCTS_PER_PAGE, type CatalogPath } from '@/lib/domain/catalog-path'

import { childrenOf, findByPath, idsBelow, toCategoryView, trailOf } from './category-tree'

export interface CategoryPage {
  readonly category: CategoryView
  /** From the root to the parent. */
  readonly above: readonly CategoryView[]
  readonly children: readonly CategoryView[]
  /** The parent's children, this one among them; empty at the root. */
  readonly siblings: readonly CategoryView[]
  readonly products: readonly ProductCard[]
  readonly pageCount: number
}

/** Null when there is no such category, or no such page of it. The first page of an empty category exists. */
export async function getCategoryPage({ categoryPath, sort, page }: CatalogPath): Promise<CategoryPage | null> {
  const db = getDatabase()
  const tree = await listCategories(db)
  const row = findByPath(tree, categoryPath)
  if (!row) return null
  const pageCount = Math.max(1, Math.ceil(row.productCount / PRODUCTS_PER_PAGE))
  if (page > pageCount) return null
  return {
    category: toCategoryView(tree, row),
    above: trailOf(tree, row.id)
      .slice(0, -1)
      .map((each) => toCategoryView(tree, each)),
    children: childrenOf(tree, row.id),
    siblings: row.parentId === null ? [] : childrenOf(tree, row.parentId),
    products: await listProducts(db, {
      categoryIds: idsBelow(tree, row.id),
      sort,
      offset: (page - 1) * PRODUCTS_PER_PAGE,
      limit: PRODUCTS_PER_PAGE,
    }),
    pageCount,
  }
}
