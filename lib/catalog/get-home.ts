import 'server-only'

import { getDatabase } from '@/db/client'
import { findProductByPicture, listNewProducts } from '@/db/queries/catalog'
import { listCategories } from '@/db/queries/catalog-categories'
import { findProduct } from '@/db/queries/catalog-product'
import { requireShopFront } from '@/db/queries/shop-front'
import type { CategoryView, Picture, ProductCard, ProductView } from '@/lib/domain/catalog'

import { childrenOf } from './category-tree'

/** Divides by 2 and by 4 columns. */
const NEW_WORKS = 8

export interface Home {
  readonly tagline: string
  readonly hero: Picture | null
  /** What the hero shows, when it is a picture of something for sale. */
  readonly heroProduct: ProductCard | null
  readonly newWorks: readonly ProductCard[]
  readonly categories: readonly CategoryView[]
  /** A second work, for the editorial row. */
  readonly closeUp: ProductView | null
}

export async function getHome(): Promise<Home> {
  const db = getDatabase()
  const [front, tree, newest] = await Promise.all([
    requireShopFront(db),
    listCategories(db),
    listNewProducts(db, NEW_WORKS + 1),
  ])
  const heroProduct = front.hero ? await findProductByPicture(db, front.hero.base) : null
  const others = newest.filter(({ slug }) => slug !== heroProduct?.slug)
  const closeUp = others.findLast(({ soldOut, picture }) => picture !== null && !soldOut)
  return {
    tagline: front.tagline,
    hero: front.hero,
    heroProduct,
    newWorks: others.slice(0, NEW_WORKS),
    categories: childrenOf(tree, null).filter(({ productCount }) => productCount > 0),
    closeUp: closeUp ? await findProduct(db, closeUp.slug) : null,
  }
}
