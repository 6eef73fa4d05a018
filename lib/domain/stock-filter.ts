import { z } from 'zod'

import { oneLine } from './one-line'
import { Sku } from './product'

export const STOCK_VIEWS = ['all', 'low', 'out'] as const

/** What the list of stock is narrowed to: all variants, those on sale that run low, or those that are sold out. */
export interface StockFilter {
  readonly search: string | null
  readonly show: (typeof STOCK_VIEWS)[number]
}

export function parseStockFilter(asked: Readonly<Record<string, unknown>>): StockFilter {
  const search = typeof asked['q'] === 'string' ? oneLine(asked['q']).slice(0, 100) : ''
  return { search: search || null, show: z.enum(STOCK_VIEWS).safeParse(asked['show']).data ?? 'all' }
}

/** The filter as it stands in an address; `after` is a SKU. */
export function stockQuery({ search, show }: StockFilter, after?: string): string {
  const query = new URLSearchParams()
  if (show !== 'all') query.set('show', show)
  if (search) query.set('q', search)
  if (after) query.set('after', after)
  return query.toString()
}

/** Null, which is the first page, for none and for what is no SKU. */
export function parseStockCursor(asked: unknown): string | null {
  return Sku.safeParse(asked).data ?? null
}
