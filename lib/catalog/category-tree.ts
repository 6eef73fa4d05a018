import 'server-only'

import type { CategoryRow } from '@/db/queries/catalog-categories'
import type { CategoryView } from '@/lib/domain/catalog'

/** The categories from the root down to the one with this id. Stops at a loop, which no page should hang on. */
export function trailOf(tree: readonly CategoryRow[], id: number): CategoryRow[] {
  const trail: CategoryRow[] = []
  let current = tree.find((row) => row.id === id)
  while (current && !trail.includes(current)) {
    trail.unshift(current)
    const { parentId } = current
    current = tree.find((row) => row.id === parentId)
  }
  return trail
}

/** The category at a path of slugs, which must be its one true path from the root. */
export function findByPath(tree: readonly CategoryRow[], path: readonly string[]): CategoryRow | null {
  const row = tree.find(({ slug }) => slug === path.at(-1))
  if (!row) return null
  const slugs = trailOf(tree, row.id).map(({ slug }) => slug)
  return slugs.join('/') === path.join('/') ? row : null
}

/** The category's own id and those of everything below it. */
export function idsBelow(tree: readonly CategoryRow[], id: number): number[] {
  return tree.filter((row) => trailOf(tree, row.id).some((above) => above.id === id)).map((row) => row.id)
}

export function childrenOf(tree: readonly CategoryRow[], parentId: number | null): CategoryView[] {
  return tree.filter((row) => row.parentId === parentId).map((row) => toCategoryView(tree, row))
}

export function toCategoryView(tree: readonly CategoryRow[], row: CategoryRow): CategoryView {
  const { id, slug, name, description, picture, productCount } = row
  return { slug, path: trailOf(tree, id).map((above) => above.slug), name, description, picture, productCount }
}
