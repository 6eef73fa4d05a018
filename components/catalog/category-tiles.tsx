import Link from 'next/link'

import { Picture } from '@/components/ui/picture'
import type { CategoryView } from '@/lib/domain/catalog'

import { categoryHref } from './category-href'

/** Categories as pictures. */
export function CategoryTiles({ categories }: { categories: readonly CategoryView[] }) {
  return (
    <ul className="tiles">
      {categories.map(({ slug, path, name, picture, productCount }) => (
        <li key={slug}>
          {picture ? <Picture picture={picture} sizes="(min-width: 64rem) 20vw, 46vw" alt="" /> : <i />}
          <h3>
            <Link href={categoryHref(path)}>{name}</Link>
          </h3>
          <p>{productCount === 1 ? '1 work' : `${productCount} works`}</p>
        </li>
      ))}
    </ul>
  )
}
