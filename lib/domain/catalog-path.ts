/** The orders a category can be shown in. In the path rather than a query, so that each page stays static. */
export const CATALOG_SORTS = ['new', 'price-low', 'price-high', 'name'] as const
export type CatalogSort = (typeof CATALOG_SORTS)[number]

/** Divides by 2, 3 and 4 columns. */
export const PRODUCTS_PER_PAGE = 24
/** Depth of the category tree that is read from a path; the database refuses a deeper one. */
export const CATEGORY_DEPTH_MAX = 4

export interface CatalogPath {
  readonly categoryPath: readonly string[]
  readonly sort: CatalogSort
  /** From 1. */
  readonly page: number
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** False for what cannot be the address of anything we sell, so that the database is not asked. */
export function isSlug(text: string): boolean {
  return text.length <= 200 && SLUG.test(text)
}

/**
 * `prints/contours/sort/price-low/page/2` -> its parts. Null when it is not the one canonical spelling, so that each
 * list has exactly one address.
 */
export function parseCatalogPath(segments: readonly string[]): CatalogPath | null {
  const rest = [...segments]
  let page = 1
  let sort: CatalogSort = 'new'
  if (rest.length >= 2 && rest.at(-2) === 'page') {
    const text = rest.at(-1) ?? ''
    if (!/^[1-9]\d{0,3}$/.test(text) || text === '1') return null
    page = Number(text)
    rest.splice(-2)
  }
  if (rest.length >= 2 && rest.at(-2) === 'sort') {
    const found = CATALOG_SORTS.find((known) => known === rest.at(-1))
    if (!found || found === 'new') return null
    sort = found
    rest.splice(-2)
  }
  if (rest.length === 0 || rest.length > CATEGORY_DEPTH_MAX) return null
  if (rest.some((slug) => !isSlug(slug) || slug === 'page' || slug === 'sort')) return null
  return { categoryPath: rest, sort, page }
}

/** The canonical address of a list. */
export function toCatalogHref({ categoryPath, sort, page }: CatalogPath): string {
  const parts = ['/categories', ...categoryPath]
  if (sort !== 'new') parts.push('sort', sort)
  if (page > 1) parts.push('page', String(page))
  return parts.join('/')
}
