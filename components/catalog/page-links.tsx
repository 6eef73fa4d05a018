import Link from 'next/link'

import type { CatalogPath } from '@/lib/domain/catalog-path'

import { categoryHref } from './category-href'

/** Nothing at all when one page holds everything. */
export function PageLinks({ at, pageCount }: { at: CatalogPath; pageCount: number }) {
  if (pageCount < 2) return null
  const href = (page: number) => categoryHref(at.categoryPath, at.sort, page)
  return (
    <nav aria-label="Pages" className="pages">
      {at.page > 1 ? (
        <Link href={href(at.page - 1)} rel="prev">
          Previous
        </Link>
      ) : (
        <span />
      )}
      <p className="num">
        Page {at.page} of {pageCount}
      </p>
      {at.page < pageCount ? (
        <Link href={href(at.page + 1)} rel="next">
          Next
        </Link>
      ) : (
        <span />
      )}
    </nav>
  )
}
