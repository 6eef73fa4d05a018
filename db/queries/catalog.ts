import { sql, type SQL } from 'drizzle-orm'

import type { Picture, ProductCard } from '@/lib/domain/catalog'
import type { CatalogSort } from '@/lib/domain/catalog-path'
import { isCurrency } from '@/lib/domain/money'

import type { Queryable } from '../client'

const ORDER_BY: Record<CatalogSort, SQL> = {
  new: sql`products.published_at desc, products.id desc`,
  'price-low': sql`offer.lowest, products.id`,
  'price-high': sql`offer.lowest desc, products.id`,
  name: sql`lower(products.name), products.id`,
}

interface CardRow extends Record<string, unknown> {
  slug: string
  name: string
  subtitle: string
  lowest: string
  highest: string
  currency: string
  available: number
  picture: Picture | null
}

/** Active products in any of the categories, `limit` of them from `offset` on. */
export function listProducts(
  db: Queryable,
  list: { categoryIds: readonly number[]; sort: CatalogSort; offset: number; limit: number },
): Promise<ProductCard[]> {
  const ids = sql.param([...list.categoryIds])
  return selectCards(
    db,
    sql`products.id in (select product_id from product_categories where category_id = any(${ids}::int[]))`,
    sql`${ORDER_BY[list.sort]} limit ${list.limit} offset ${list.offset}`,
  )
}

/** The works published last. */
export function listNewProducts(db: Queryable, limit: number): Promise<ProductCard[]> {
  return selectCards(db, sql`true`, sql`${ORDER_BY.new} limit ${limit}`)
}

/** Products that share categories with one, the closest first; what can be bought comes before what is sold out. */
export function listRelatedProducts(db: Queryable, slug: string, limit: number): Promise<ProductCard[]> {
  const shared = sql`(
    select count(*) from product_categories theirs
    join product_categories own on own.category_id = theirs.category_id
    join products this on this.id = own.product_id and this.slug = ${slug}
    where theirs.product_id = products.id
  )`
  return selectCards(
    db,
    sql`products.slug <> ${slug} and ${shared} > 0`,
    sql`offer.available <= 0, ${shared} desc, ${ORDER_BY.new} limit ${limit}`,
  )
}

/** Those of these products that are sold, in the order of the ids. */
export async function listProductsById(db: Queryable, ids: readonly number[]): Promise<ProductCard[]> {
  if (ids.length === 0) return []
  const wanted = sql`${sql.param([...ids])}::int[]`
  return selectCards(db, sql`products.id = any(${wanted})`, sql`array_position(${wanted}, products.id)`)
}

/** The product whose picture has this base, so that a picture shown elsewhere can lead to it. */
export async function findProductByPicture(db: Queryable, base: string): Promise<ProductCard | null> {
  const [card] = await selectCards(
    db,
    sql`products.id in (select product_id from product_images where base = ${base})`,
    sql`products.id limit 1`,
  )
  return card ?? null
}

/** Only products with an active variant have an offer, so anything else drops out of every list. */
async function selectCards(db: Queryable, where: SQL, orderAndLimit: SQL): Promise<ProductCard[]> {
  const { rows } = await db.execute<CardRow>(sql`
    select
      products.slug, products.name, products.subtitle,
      offer.lowest, offer.highest, offer.currency, offer.available, image.picture
    from products
    join lateral (
      select min(price_minor) as lowest, max(price_minor) as highest, min(currency) as currency,
        max(on_hand - held)::int as available
      from variants join stock on stock.variant_id = variants.id
      where variants.product_id = products.id and variants.active
    ) offer on offer.lowest is not null
    left join lateral (
      select json_build_object('base', base, 'widths', widths, 'width', width, 'height', height, 'alt', alt) as picture
      from product_images where product_images.product_id = products.id order by position limit 1
    ) image on true
    where products.state = 'active' and ${where}
    order by ${orderAndLimit}
  `)
  return rows.map(toCard)
}

function toCard(row: CardRow): ProductCard {
  if (!isCurrency(row.currency)) throw new Error(`PayPal does not settle in ${row.currency}`)
  return {
    slug: row.slug,
    name: row.name,
    subtitle: row.subtitle,
    picture: row.picture,
    fromPrice: { minor: Number(row.lowest), currency: row.currency },
    priceVaries: row.lowest !== row.highest,
    soldOut: row.available <= 0,
  }
}
