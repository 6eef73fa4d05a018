import 'server-only'

import { getDatabase } from '@/db/client'
import { listRelatedProducts } from '@/db/queries/catalog'
import { listCategories } from '@/db/queries/catalog-categories'
import { findProduct } from '@/db/queries/catalog-product'
import { findMovedProduct } from '@/db/queries/product-desk'
import { isSlug } from '@/lib/domain/catalog-path'
import type { CategoryView, ProductCard, ProductView } from '@/lib/domain/catalog'

import { toCategoryView, trailOf } from './category-tree'

const RELATED_WORKS = 4

export interface ProductPage {
  readonly product: ProductView
  /** The categories it is in, from the root down. */
  readonly trail: readonly CategoryView[]
  readonly related: readonly ProductCard[]
}

export async function getProductPage(slug: string): Promise<ProductPage | null> {
  if (!isSlug(slug)) return null
  const db = getDatabase()
  const product = await findProduct(db, slug)
  if (!product) return null
  const [tree, related] = await Promise.all([listCategories(db), listRelatedProducts(db, slug, RELATED_WORKS)])
  const own = tree.find((row) => row.slug === product.category?.slug)
  return {
    product,
    trail: own ? trailOf(tree, own.id).map((row) => toCategoryView(tree, row)) : [],
    related,
  }
}

/** Where the product is today that was at this address once; null when there was none, or it is not sold any more. */
export async function getMovedProduct(slug: string): Promise<string | null> {
  return isSlug(slug) ? findMovedProduct(getDatabase(), slug) : null
}
