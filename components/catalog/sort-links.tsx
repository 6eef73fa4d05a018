import Link from 'next/link'

import { CATALOG_SORTS, type CatalogSort } from '@/lib/domain/catalog-path'

import { categoryHref } from './category-href'

const LABELS: Record<CatalogSort, string> = {
  new: 'Newest',
  'price-low': 'Price, low to high',
  'price-high': 'Price, high to low',
  name: 'Name',
}

/** The orders of a list as links: each is a static page of its own. */
export function SortLinks({ path, current }: { path: readonly string[]; current: CatalogSort }) {
  return (
    <nav aria-label="Sort by" className="strip">
      {CATALOG_SORTS.map((sort) => (
        <Link key={sort} href={categoryHref(path, sort)} aria-current={sort === current ? 'true' : undefined}>
          {LABELS[sort]}
        </Link>
      ))}
    </nav>
  )
}
