import type { Route } from 'next'

import { toCatalogHref, type CatalogSort } from '@/lib/domain/catalog-path'

/** The address of a category, sorted and paged. */
export function categoryHref(categoryPath: readonly string[], sort: CatalogSort = 'new', page = 1): Route {
  return toCatalogHref({ categoryPath, sort, page }) as Route
}
