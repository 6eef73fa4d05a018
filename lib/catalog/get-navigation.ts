import 'server-only'

import { getDatabase } from '@/db/client'
import { listCategories } from '@/db/queries/catalog-categories'
import { requireShopFront } from '@/db/queries/shop-front'
import type { CategoryView } from '@/lib/domain/catalog'

import { childrenOf } from './category-tree'

export interface Navigation {
  readonly shopName: string
  readonly tagline: string
  readonly categories: readonly CategoryView[]
}

/** What the frame around every page shows: the shop's name and the categories at the root that have something. */
export async function getNavigation(): Promise<Navigation> {
  const db = getDatabase()
  const [front, tree] = await Promise.all([requireShopFront(db), listCategories(db)])
  return {
    shopName: front.name,
    tagline: front.tagline,
    categories: childrenOf(tree, null).filter(({ productCount }) => productCount > 0),
  }
}
