import { sql, type SQL } from 'drizzle-orm'

import type { CatalogueRow } from '@/lib/domain/catalogue-csv'

import type { Queryable } from '../client'

/** A variant as a row of a file, with what an import has to know beside it. */
export type ExportedRow = CatalogueRow & {
  readonly productId: number
  readonly variantId: number
  readonly version: number
  readonly held: number
  readonly position: number
}

/** After which variant a page begins: products by their address, variants in their order. */
export type ExportCursor = Pick<ExportedRow, 'product' | 'position' | 'variantId'>

/** A page of all variants, each as a row. */
export async function listExportPage(
  db: Queryable,
  { after, limit }: { after: ExportCursor | null; limit: number },
): Promise<ExportedRow[]> {
  const behind = after
    ? // The first half is what the index on the address can begin at.
      sql`p.slug >= ${after.product} and (p.slug, v.position, v.id) > (${after.product}, ${after.position}::int, ${after.variantId}::int)`
    : sql`true`
  return select(db, sql`${behind} order by p.slug, v.position, v.id limit ${limit}`)
}

/** Those of these SKUs that there are. */
export async function findExportedBySku(db: Queryable, skus: readonly string[]): Promise<ExportedRow[]> {
  return select(db, sql`v.sku = any(${sql.param([...skus])}::text[])`)
}

/** All variants of these products, by the address of each. */
export async function findExportedByProduct(db: Queryable, slugs: readonly string[]): Promise<ExportedRow[]> {
  return select(db, sql`p.slug = any(${sql.param([...slugs])}::text[])`)
}

export type ExportedProduct = Pick<
  CatalogueRow,
  'product' | 'name' | 'subtitle' | 'description' | 'details' | 'state' | 'categories'
> & { readonly productId: number; readonly version: number; readonly optionNames: readonly string[] }

/** Products by their addresses, with what is their own in a row of a file. */
export async function findExportedProducts(db: Queryable, slugs: readonly string[]): Promise<ExportedProduct[]> {
  const { rows } = await db.execute<ExportedProduct & Record<string, unknown>>(sql`
    select p.id as "productId", p.version, p.slug as product, p.name, p.subtitle, p.description, p.details, p.state,
      array(
        select c.slug from product_categories pc join categories c on c.id = pc.category_id
        where pc.product_id = p.id order by c.slug
      ) as categories,
      array(select o.name from product_options o where o.product_id = p.id order by o.position, o.id) as "optionNames"
    from products p where p.slug = any(${sql.param([...slugs])}::text[])`)
  return rows
}

/** Categories and options are gathered for all rows at once: one by one takes minutes for a catalogue that is new to the database. */
async function select(db: Queryable, where: SQL): Promise<ExportedRow[]> {
  const { rows } = await db.execute<ExportedRow & Record<string, unknown>>(sql`
    with page as materialized (
      select p.id as product_id, p.slug, p.name, p.subtitle, p.description, p.details, p.state, p.version,
        v.id as variant_id, v.sku, v.price_minor, v.weight_grams, v.active, v.low_stock_at, v.position, s.on_hand, s.held
      from variants v join products p on p.id = v.product_id join stock s on s.variant_id = v.id
      where ${where}
    ), placed as (
      select pc.product_id, array_agg(c.slug order by c.slug) as slugs
      from product_categories pc join categories c on c.id = pc.category_id
      where pc.product_id in (select product_id from page) group by pc.product_id
    ), chosen as (
      select vo.variant_id, json_agg(json_build_object('name', o.name, 'value', ov.value) order by o.position, o.id) as options
      from variant_option_values vo join product_options o on o.id = vo.option_id
      join product_option_values ov on ov.id = vo.option_value_id
      where vo.variant_id in (select variant_id from page) group by vo.variant_id
    )
    select page.product_id as "productId", page.variant_id as "variantId", page.version, page.held, page.position,
      page.slug as product, page.name, page.subtitle, page.description, page.details, page.state,
      coalesce(placed.slugs, '{}') as categories, coalesce(chosen.options, '[]'::json) as options,
      page.sku, page.price_minor::float8 as "priceMinor", page.weight_grams as "weightGrams", page.active,
      page.on_hand as "onHand", page.low_stock_at as "lowStockAt"
    from page left join placed on placed.product_id = page.product_id
    left join chosen on chosen.variant_id = page.variant_id
    order by page.slug, page.position, page.variant_id`)
  return rows
}
