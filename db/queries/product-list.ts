import { sql, type SQL } from 'drizzle-orm'

import type { ProductCursor, ProductFilter } from '@/lib/domain/product-filter'
import type { ProductState } from '@/lib/domain/product'
import { isCurrency, type Money } from '@/lib/domain/money'
import type { Picture } from '@/lib/domain/catalog'
import { LOW_STOCK_MAX } from '@/lib/domain/catalog'

import type { Queryable } from '../client'

export interface ListedProduct {
  readonly id: number
  readonly slug: string
  readonly name: string
  /** As the list is ordered. */
  readonly sortName: string
  readonly subtitle: string
  readonly state: ProductState
  readonly picture: Picture | null
  readonly variants: number
  /** Null when it has no active variant. */
  readonly fromPrice: Money | null
  readonly priceVaries: boolean
  /** Pieces that nobody holds, of its active variants. */
  readonly free: number
  /** Active variants of which there is nothing left, and of which there is little. */
  readonly soldOut: number
  readonly low: number
}

interface Row extends Record<string, unknown> {
  id: number
  slug: string
  name: string
  sortName: string
  subtitle: string
  state: ProductState
  picture: Picture | null
  variants: number
  lowest: string | null
  highest: string | null
  currency: string | null
  free: number | null
  soldOut: number
  low: number
}

/** A page of products by name. `after` is the last one of the page before: however deep, the index is read from there. */
export async function listProductsForStaff(
  db: Queryable,
  filter: ProductFilter,
  { after, limit }: { after: ProductCursor | null; limit: number },
): Promise<ListedProduct[]> {
  const { rows } = await db.execute<Row>(sql`
    with page as (
      select p.id, p.slug, p.name, lower(p.name) as "sortName", p.subtitle, p.state from products p
      where ${sql.join(conditions(filter, after), sql` and `)}
      order by lower(p.name), p.id limit ${limit}
    )
    select page.*, image.picture, coalesce(offer.variants, 0)::int as variants, offer.lowest, offer.highest,
      offer.currency, offer.free::int as free, coalesce(offer.sold_out, 0)::int as "soldOut",
      coalesce(offer.low, 0)::int as low
    from page
    left join lateral (
      select count(*) as variants,
        min(price_minor) filter (where v.active) as lowest, max(price_minor) filter (where v.active) as highest,
        min(currency) filter (where v.active) as currency,
        sum(on_hand - held) filter (where v.active) as free,
        count(*) filter (where v.active and on_hand - held <= 0) as sold_out,
        count(*) filter (where v.active and on_hand - held > 0 and on_hand - held <= ${lowAt}) as low
      from variants v join stock s on s.variant_id = v.id where v.product_id = page.id
    ) offer on true
    left join lateral (
      select json_build_object('base', base, 'widths', widths, 'width', width, 'height', height, 'alt', alt) as picture
      from product_images where product_images.product_id = page.id order by position limit 1
    ) image on true
    order by page."sortName", page.id
  `)
  return rows.map(toListed)
}

/** From how many free pieces down a variant `v` runs low. */
const lowAt = sql`coalesce(v.low_stock_at, ${LOW_STOCK_MAX})`

function toListed({ lowest, highest, currency, free, ...row }: Row): ListedProduct {
  const fromPrice =
    lowest !== null && currency !== null && isCurrency(currency) ? { minor: Number(lowest), currency } : null
  return { ...row, fromPrice, priceVaries: lowest !== highest, free: free ?? 0 }
}

function conditions({ search, state, categoryId, stock }: ProductFilter, after: ProductCursor | null): SQL[] {
  return [
    sql`true`,
    ...(after ? [sql`(lower(p.name), p.id) > (${after.name}, ${after.id}::int)`] : []),
    ...(search ? [matches(search)] : []),
    ...(state ? [sql`p.state = ${state}`] : []),
    ...(categoryId ? [isIn(categoryId)] : []),
    ...(stock === 'out' ? [hasVariant(sql`s.on_hand - s.held <= 0`)] : []),
    ...(stock === 'low' ? [hasVariant(sql`s.on_hand - s.held between 1 and ${lowAt}`)] : []),
  ]
}

const hasVariant = (where: SQL) => sql`exists (
  select 1 from variants v join stock s on s.variant_id = v.id where v.product_id = p.id and v.active and ${where})`

/** In the category or below it. */
const isIn = (categoryId: number) => sql`p.id in (
  with recursive below (id) as (
    select ${categoryId}::int union select c.id from below join categories c on c.parent_id = below.id
  )
  select product_id from product_categories where category_id in (select id from below))`

/** By any part of the name or address, or by how a SKU begins. */
function matches(text: string): SQL {
  const escaped = text.replaceAll(/[\\%_]/g, String.raw`\$&`)
  const anywhere = sql`lower(${`%${escaped}%`})`
  return sql`(lower(p.name) like ${anywhere} or p.slug like ${anywhere}
    or p.id in (select product_id from variants where lower(sku) like lower(${`${escaped}%`})))`
}
