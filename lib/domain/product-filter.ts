import { z } from 'zod'

import { oneLine } from './one-line'
import { PRODUCT_STATES, type ProductState } from './product'

/** `out`: a variant is sold out. `low`: one runs low. */
export const STOCK_FILTERS = ['out', 'low'] as const

/** What the list of products in the back office is narrowed to. */
export interface ProductFilter {
  readonly search: string | null
  readonly state: ProductState | null
  readonly categoryId: number | null
  readonly stock: (typeof STOCK_FILTERS)[number] | null
}

/** The last product of a page; its name in small letters, as the list is ordered. */
export interface ProductCursor {
  readonly name: string
  readonly id: number
}

const Id = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number)

/** What an address asks for; whatever is not a filter of ours is left out. */
export function parseProductFilter(asked: Readonly<Record<string, unknown>>): ProductFilter {
  const search = typeof asked['q'] === 'string' ? oneLine(asked['q']).slice(0, 100) : ''
  return {
    search: search || null,
    state: z.enum(PRODUCT_STATES).safeParse(asked['state']).data ?? null,
    categoryId: Id.safeParse(asked['category']).data ?? null,
    stock: z.enum(STOCK_FILTERS).safeParse(asked['stock']).data ?? null,
  }
}

/** The filter as it stands in an address, `after` behind it. */
export function productQuery({ search, state, categoryId, stock }: ProductFilter, after?: ProductCursor): string {
  const query = new URLSearchParams()
  if (search) query.set('q', search)
  if (state) query.set('state', state)
  if (categoryId) query.set('category', String(categoryId))
  if (stock) query.set('stock', stock)
  if (after) query.set('after', `${after.id}_${after.name}`)
  return query.toString()
}

/** Null, which is the first page, for none and for one that is not ours. */
export function parseProductCursor(asked: unknown): ProductCursor | null {
  const isText = typeof asked === 'string' && !asked.includes('\0')
  const match = isText ? /^([1-9]\d{0,8})_(.{1,200})$/.exec(asked) : null
  return match ? { id: Number(match[1]), name: match[2] ?? '' } : null
}
