import Link from 'next/link'

import { categoryHref } from '@/components/catalog/category-href'
import type { CategoryView } from '@/lib/domain/catalog'

/** What is inside this category or, in one that has nothing inside, what stands beside it. */
export function CategoryLinks({
  category,
  above,
  choices,
}: {
  category: CategoryView
  above: readonly CategoryView[]
  choices: readonly CategoryView[]
}) {
  if (choices.length === 0) return null
  const besides = choices.some(({ slug }) => slug === category.slug)
  const whole = besides ? above.at(-1) : category
  return (
    <nav aria-label="Categories in this part" className="strip">
      {whole ? (
        <Link href={categoryHref(whole.path)} aria-current={besides ? undefined : 'page'}>
          All {whole.name.toLowerCase()}
        </Link>
      ) : null}
      {choices.map(({ slug, path, name }) => (
        <Link key={slug} href={categoryHref(path)} aria-current={slug === category.slug ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  )
}
