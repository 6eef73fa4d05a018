import ArrowLeft from 'lucide-react/icons/arrow-left'
import ArrowRight from 'lucide-react/icons/arrow-right'
import Link from 'next/link'

import { ICON } from '@/components/ui/icon-look'
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
          <ArrowLeft {...ICON} /> Previous
        </Link>
      ) : (
        <span />
      )}
      <p className="num">
        Page {at.page} of {pageCount}
      </p>
      {at.page < pageCount ? (
        <Link href={href(at.page + 1)} rel="next">
          Next <ArrowRight {...ICON} />
        </Link>
      ) : (
        <span />
      )}
    </nav>
  )
}
