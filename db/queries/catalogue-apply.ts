import { sql } from 'drizzle-orm'

import type { CatalogueRow } from '@/lib/domain/catalogue-csv'

import type { Transaction } from '../client'
import { productOptions, productOptionValues, variantOptionValues, variants } from '../schema/catalog'

type ProductPart = Pick<
  CatalogueRow,
  'product' | 'name' | 'subtitle' | 'description' | 'details' | 'state' | 'categories'
>

/** Locks every product that an import changes, in one order, so that nobody edits one of them meanwhile. */
export async function lockProductsOfImport(tx: Transaction, importId: string): Promise<void> {
  await tx.execute(sql`
    select 1 from products where slug in (
      select product from catalogue_import_rows where import_id = ${importId} and change ->> 'kind' <> 'same'
    ) order by id for update`)
}

export async function findProductIds(tx: Transaction, slugs: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await tx.execute<{ id: number; slug: string }>(
    sql`select id, slug from products where slug = any(${sql.param([...slugs])}::text[])`,
  )
  return new Map(rows.map(({ id, slug }) => [slug, id]))
}

const asRecords = (parts: readonly ProductPart[]) => sql`jsonb_to_recordset(${JSON.stringify(parts)}::jsonb)
  as r(product text, name text, subtitle text, description text, details jsonb, state text, categories jsonb)`

/** Makes products; whoever had one of these addresses once gives it up. */
export async function insertProducts(tx: Transaction, parts: readonly ProductPart[]): Promise<void> {
  if (parts.length === 0) return
  await tx.execute(sql`
    insert into products (slug, name, subtitle, description, details, state, version)
    select product, name, subtitle, description, details, state, 0 from ${asRecords(parts)}`)
  await tx.execute(sql`delete from former_product_slugs f using ${asRecords(parts)} where f.slug = r.product`)
  await placeProducts(tx, parts)
}

/** Writes what is the products' own over what is there. Whatever goes on sale by it is new from now on. */
export async function updateProducts(tx: Transaction, parts: readonly ProductPart[]): Promise<void> {
  if (parts.length === 0) return
  await tx.execute(sql`
    update products p set name = r.name, subtitle = r.subtitle, description = r.description, details = r.details,
      state = r.state,
      published_at = case when p.state = 'draft' and r.state = 'active' then now() else p.published_at end
    from ${asRecords(parts)} where p.slug = r.product`)
  await placeProducts(tx, parts)
}

async function placeProducts(tx: Transaction, parts: readonly ProductPart[]): Promise<void> {
  await tx.execute(sql`
    delete from product_categories pc using products p, ${asRecords(parts)}
    where p.slug = r.product and pc.product_id = p.id and not exists (
      select 1 from categories c where c.id = pc.category_id and r.categories ? c.slug)`)
  await tx.execute(sql`
    insert into product_categories (product_id, category_id)
    select p.id, c.id from ${asRecords(parts)} join products p on p.slug = r.product
    join categories c on r.categories ? c.slug on conflict do nothing`)
}

export interface OptionUse {
  readonly productId: number
  readonly name: string
  readonly value: string
}

const keyOf = ({ productId, name, value }: OptionUse) => JSON.stringify([productId, name, value])

/** The id of each value, made where there was none, at the end of its option; options at the end of their product. */
export async function findOrMakeValues(
  tx: Transaction,
  uses: readonly OptionUse[],
): Promise<(use: OptionUse) => { optionId: number; optionValueId: number }> {
  const distinct = [...new Map(uses.map((use) => [keyOf(use), use])).values()]
  const json = JSON.stringify(distinct.map((use, place) => ({ ...use, place })))
  const wanted = sql`jsonb_to_recordset(${json}::jsonb) as w("productId" int, name text, value text, place int)`
  await tx.execute(sql`
    insert into ${productOptions} (product_id, name, position)
    select "productId", name, (row_number() over (partition by "productId" order by min(place)))::int - 1
      + (select count(*)::int from product_options o where o.product_id = "productId")
    from ${wanted}
    where not exists (select 1 from product_options o where o.product_id = "productId" and o.name = w.name)
    group by "productId", name`)
  await tx.execute(sql`
    insert into ${productOptionValues} (option_id, value, position)
    select o.id, w.value, (row_number() over (partition by o.id order by w.place))::int - 1
      + coalesce((select max(v.position) + 1 from product_option_values v where v.option_id = o.id), 0)
    from ${wanted} join product_options o on o.product_id = w."productId" and o.name = w.name
    where not exists (select 1 from product_option_values v where v.option_id = o.id and v.value = w.value)`)
  const { rows } = await tx.execute<
    OptionUse & { optionId: number; optionValueId: number } & Record<string, unknown>
  >(sql`
    select o.product_id as "productId", o.name, v.value, o.id as "optionId", v.id as "optionValueId"
    from ${wanted} join product_options o on o.product_id = w."productId" and o.name = w.name
    join product_option_values v on v.option_id = o.id and v.value = w.value`)
  const ids = new Map(rows.map(({ optionId, optionValueId, ...use }) => [keyOf(use), { optionId, optionValueId }]))
  return (use) => {
    const found = ids.get(keyOf(use))
    if (!found) throw new Error(`no value ${use.value} of ${use.name}`)
    return found
  }
}

export type ImportedVariant = Pick<CatalogueRow, 'sku' | 'priceMinor' | 'weightGrams' | 'active' | 'lowStockAt'>

/** Adds variants at the end of their products. @returns ids by SKU. */
export async function insertImportedVariants(
  tx: Transaction,
  added: readonly (ImportedVariant & { readonly productId: number; readonly currency: string })[],
): Promise<ReadonlyMap<string, number>> {
  if (added.length === 0) return new Map()
  const { rows } = await tx.execute<{ productId: number; last: number }>(sql`
    select product_id as "productId", max(position)::int as last from variants
    where product_id = any(${sql.param([...new Set(added.map(({ productId }) => productId))])}::int[]) group by product_id`)
  const last = new Map(rows.map((row) => [row.productId, row.last]))
  const values = added.map(({ productId, sku, priceMinor, currency, weightGrams, active, lowStockAt }) => {
    const position = (last.get(productId) ?? -1) + 1
    last.set(productId, position)
    return { productId, sku, priceMinor, currency, weightGrams, active, lowStockAt, position }
  })
  const inserted = await tx.insert(variants).values(values).returning({ id: variants.id, sku: variants.sku })
  return new Map(inserted.map(({ id, sku }) => [sku, id]))
}

/** Writes over what is there. @returns ids by SKU. */
export async function updateImportedVariants(
  tx: Transaction,
  changed: readonly ImportedVariant[],
): Promise<ReadonlyMap<string, number>> {
  if (changed.length === 0) return new Map()
  const { rows } = await tx.execute<{ id: number; sku: string }>(sql`
    update variants v set price_minor = r."priceMinor", weight_grams = r."weightGrams", active = r.active,
      low_stock_at = r."lowStockAt"
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb)
      as r(sku text, "priceMinor" bigint, "weightGrams" int, active boolean, "lowStockAt" int)
    where v.sku = r.sku returning v.id, v.sku`)
  return new Map(rows.map(({ id, sku }) => [sku, id]))
}

/** Gives variants these values and no others. */
export async function replaceValues(
  tx: Transaction,
  variantIds: readonly number[],
  values: readonly { variantId: number; optionId: number; optionValueId: number }[],
): Promise<void> {
  await tx.execute(sql`delete from variant_option_values where variant_id = any(${sql.param([...variantIds])}::int[])`)
  if (values.length > 0) await tx.insert(variantOptionValues).values([...values])
}

/** Counts the import as one change of every product in it. */
export async function countVersions(tx: Transaction, importId: string): Promise<void> {
  await tx.execute(sql`
    update products set version = version + 1 where slug in (
      select product from catalogue_import_rows where import_id = ${importId} and change ->> 'kind' <> 'same')`)
}

/** The SKUs of two variants of an import's products that have the same options; null when each has its own. */
export async function findTwins(tx: Transaction, importId: string): Promise<readonly [string, string] | null> {
  const { rows } = await tx.execute<{ one: string; other: string }>(sql`
    select min(sku) as one, max(sku) as other from (
      select v.product_id, v.sku,
        array_agg(o.option_value_id order by o.option_value_id) filter (where o.option_value_id is not null) as chosen
      from variants v left join variant_option_values o on o.variant_id = v.id
      where v.product_id in (select p.id from catalogue_import_rows r join products p on p.slug = r.product where r.import_id = ${importId})
      group by v.id) as each
    group by product_id, chosen having count(*) > 1 limit 1`)
  return rows[0] ? [rows[0].one, rows[0].other] : null
}
