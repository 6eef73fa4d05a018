import Link from 'next/link'

import type { CategoryView } from '@/lib/domain/catalog'

import { categoryHref } from './category-href'

/** Where a page stands in the shop. */
export function Trail({ categories }: { categories: readonly CategoryView[] }) {
  return (
    <nav aria-label="Breadcrumb" className="trail">
      <ol>
        <li>
          <Link href="/" prefetch={false}>
            Home
          </Link>
        </li>
        {categories.map(({ slug, path, name }) => (
          <li key={slug}>
            <Link href={categoryHref(path)}>{name}</Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
