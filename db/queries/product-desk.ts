import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm'

import type { ProductPicture } from '@/lib/domain/catalog'

import type { Queryable, Transaction } from '../client'
import {
  categories,
  formerProductSlugs,
  productCategories,
  productImages,
  productOptions,
  productOptionValues,
  products,
  stock,
  variantOptionValues,
  variants,
} from '../schema/catalog'

export type ProductRow = typeof products.$inferSelect

/** A product for the length of the transaction: whoever else changes it waits. */
export async function lockProduct(tx: Transaction, id: number): Promise<ProductRow | null> {
  const [row] = await tx.select().from(products).where(eq(products.id, id)).for('update')
  return row ?? null
}

/** Null while somebody else is at it. */
export async function lockFreeProduct(tx: Transaction, id: number): Promise<ProductRow | null> {
  const [row] = await tx.select().from(products).where(eq(products.id, id)).for('update', { skipLocked: true })
  return row ?? null
}

export async function findProductRow(db: Queryable, id: number): Promise<ProductRow | null> {
  const [row] = await db.select().from(products).where(eq(products.id, id))
  return row ?? null
}

/** The product whose address this is, or was once. */
export async function findSlugOwner(
  db: Queryable,
  slug: string,
): Promise<{ readonly productId: number; readonly isFormer: boolean } | null> {
  const [now] = await db.select({ productId: products.id }).from(products).where(eq(products.slug, slug))
  if (now) return { ...now, isFormer: false }
  const [before] = await db
    .select({ productId: formerProductSlugs.productId })
    .from(formerProductSlugs)
    .where(eq(formerProductSlugs.slug, slug))
  return before ? { ...before, isFormer: true } : null
}

/** Where a product on sale is today that was at `slug` once. */
export async function findMovedProduct(db: Queryable, slug: string): Promise<string | null> {
  const [row] = await db
    .select({ slug: products.slug })
    .from(formerProductSlugs)
    .innerJoin(products, eq(products.id, formerProductSlugs.productId))
    .where(and(eq(formerProductSlugs.slug, slug), eq(products.state, 'active')))
  return row?.slug ?? null
}

export async function insertProduct(tx: Transaction, values: typeof products.$inferInsert): Promise<ProductRow> {
  const [row] = await tx.insert(products).values(values).returning()
  if (!row) throw new Error('a product was not inserted')
  await tx.delete(formerProductSlugs).where(eq(formerProductSlugs.slug, row.slug))
  return row
}

/** Changes a locked product. A new address leaves the old one behind, which leads on to it. */
export async function updateProduct(
  tx: Transaction,
  before: ProductRow,
  values: Partial<Omit<ProductRow, 'id' | 'version'>>,
): Promise<number> {
  const [row] = await tx
    .update(products)
    .set({ ...values, version: sql`${products.version} + 1` })
    .where(eq(products.id, before.id))
    .returning({ version: products.version })
  if (values.slug !== undefined && values.slug !== before.slug) {
    await tx.delete(formerProductSlugs).where(eq(formerProductSlugs.slug, values.slug))
    await tx.insert(formerProductSlugs).values({ slug: before.slug, productId: before.id }).onConflictDoNothing()
  }
  if (!row) throw new Error(`product ${before.id} is gone`)
  return row.version
}

export async function listCategoriesOf(
  db: Queryable,
  productId: number,
): Promise<{ readonly id: number; readonly name: string }[]> {
  return db
    .select({ id: categories.id, name: categories.name })
    .from(productCategories)
    .innerJoin(categories, eq(categories.id, productCategories.categoryId))
    .where(eq(productCategories.productId, productId))
    .orderBy(asc(categories.name))
}

export async function replaceCategories(tx: Transaction, productId: number, ids: readonly number[]): Promise<void> {
  await tx.delete(productCategories).where(eq(productCategories.productId, productId))
  if (ids.length > 0) {
    await tx.insert(productCategories).values(ids.map((categoryId) => ({ productId, categoryId })))
  }
}

export interface OptionValueRow {
  readonly id: number
  readonly value: string
  readonly swatch: string | null
  readonly position: number
  /** Variants that have it. */
  readonly uses: number
}

export interface OptionRow {
  readonly id: number
  readonly name: string
  readonly position: number
  readonly values: readonly OptionValueRow[]
}

/** The options of a product with all their values, in the order in which they are shown. */
export async function listOptionRows(db: Queryable, productId: number): Promise<OptionRow[]> {
  const options = await db
    .select()
    .from(productOptions)
    .where(eq(productOptions.productId, productId))
    .orderBy(asc(productOptions.position), asc(productOptions.id))
  if (options.length === 0) return []
  const values = await db
    .select({
      id: productOptionValues.id,
      optionId: productOptionValues.optionId,
      value: productOptionValues.value,
      swatch: productOptionValues.swatch,
      position: productOptionValues.position,
      uses: sql<number>`(select count(*) from variant_option_values u where u.option_value_id = ${productOptionValues.id})::int`,
    })
    .from(productOptionValues)
    .where(
      inArray(
        productOptionValues.optionId,
        options.map(({ id }) => id),
      ),
    )
    .orderBy(asc(productOptionValues.position), asc(productOptionValues.id))
  return options.map(({ id, name, position }) => ({
    id,
    name,
    position,
    values: values.filter(({ optionId }) => optionId === id),
  }))
}

export interface VariantRow {
  readonly id: number
  readonly sku: string
  readonly priceMinor: number
  readonly currency: string
  readonly weightGrams: number
  readonly position: number
  readonly active: boolean
  readonly lowStockAt: number | null
  readonly onHand: number
  readonly held: number
  /** Value ids by option id. */
  readonly values: ReadonlyMap<number, number>
}

/** Every variant of a product, the inactive ones too, in the order in which they are shown. */
export async function listVariantRows(db: Queryable, productId: number): Promise<VariantRow[]> {
  const rows = await db
    .select({
      id: variants.id,
      sku: variants.sku,
      priceMinor: variants.priceMinor,
      currency: variants.currency,
      weightGrams: variants.weightGrams,
      position: variants.position,
      active: variants.active,
      lowStockAt: variants.lowStockAt,
      onHand: stock.onHand,
      held: stock.held,
    })
    .from(variants)
    .innerJoin(stock, eq(stock.variantId, variants.id))
    .where(eq(variants.productId, productId))
    .orderBy(asc(variants.position), asc(variants.id))
  const chosen = await db
    .select({
      variantId: variantOptionValues.variantId,
      optionId: variantOptionValues.optionId,
      valueId: variantOptionValues.optionValueId,
    })
    .from(variantOptionValues)
    .innerJoin(variants, eq(variants.id, variantOptionValues.variantId))
    .where(eq(variants.productId, productId))
  return rows.map((row) => ({
    ...row,
    values: new Map(
      chosen.filter(({ variantId }) => variantId === row.id).map(({ optionId, valueId }) => [optionId, valueId]),
    ),
  }))
}

export type ImageRow = ProductPicture & { readonly id: number; readonly position: number }

export async function listImageRows(db: Queryable, productId: number): Promise<ImageRow[]> {
  const rows = await db
    .select()
    .from(productImages)
    .where(eq(productImages.productId, productId))
    .orderBy(asc(productImages.position))
  return rows
}

/** Which of these SKUs belong to a variant, beyond those with the ids. */
export async function findTakenSkus(
  db: Queryable,
  skus: readonly string[],
  exceptIds: readonly number[] = [],
): Promise<string[]> {
  if (skus.length === 0) return []
  const rows = await db
    .select({ id: variants.id, sku: variants.sku })
    .from(variants)
    .where(inArray(variants.sku, [...skus]))
  return rows.filter(({ id }) => !exceptIds.includes(id)).map(({ sku }) => sku)
}

export interface NewVariant {
  readonly sku: string
  readonly priceMinor: number
  readonly currency: string
  readonly weightGrams: number
  readonly position: number
  readonly values: ReadonlyMap<number, number>
}

/** Adds variants with an empty shelf: pieces come by an adjustment. */
export async function insertVariants(tx: Transaction, productId: number, added: readonly NewVariant[]): Promise<void> {
  if (added.length === 0) return
  const rows = await tx
    .insert(variants)
    .values(
      added.map(({ sku, priceMinor, currency, weightGrams, position }) => {
        return { productId, sku, priceMinor, currency, weightGrams, position }
      }),
    )
    .returning({ id: variants.id, sku: variants.sku })
  const idOf = new Map(rows.map(({ id, sku }) => [sku, id]))
  await tx.insert(stock).values(rows.map(({ id }) => ({ variantId: id, onHand: 0 })))
  const chosen = added.flatMap(({ sku, values }) =>
    [...values].map(([optionId, optionValueId]) => ({ variantId: idOf.get(sku) ?? 0, optionId, optionValueId })),
  )
  if (chosen.length > 0) await tx.insert(variantOptionValues).values(chosen)
}

export async function updateVariant(
  tx: Transaction,
  id: number,
  values: Partial<Pick<VariantRow, 'sku' | 'priceMinor' | 'weightGrams' | 'active' | 'lowStockAt' | 'position'>>,
): Promise<void> {
  await tx.update(variants).set(values).where(eq(variants.id, id))
}

export async function insertOption(
  tx: Transaction,
  option: { productId: number; name: string; position: number },
): Promise<number> {
  const [row] = await tx.insert(productOptions).values(option).returning({ id: productOptions.id })
  if (!row) throw new Error('an option was not inserted')
  return row.id
}

/** @returns the ids, in the order of the values. */
export async function insertOptionValues(
  tx: Transaction,
  optionId: number,
  values: readonly { value: string; swatch: string | null; position: number }[],
): Promise<number[]> {
  if (values.length === 0) return []
  const rows = await tx
    .insert(productOptionValues)
    .values(values.map((value) => ({ optionId, ...value })))
    .returning({ id: productOptionValues.id })
  return rows.map(({ id }) => id)
}

export async function updateOption(tx: Transaction, id: number, values: { name: string; position: number }) {
  await tx.update(productOptions).set(values).where(eq(productOptions.id, id))
}

export async function updateOptionValue(
  tx: Transaction,
  id: number,
  values: { value: string; swatch: string | null; position: number },
): Promise<void> {
  await tx.update(productOptionValues).set(values).where(eq(productOptionValues.id, id))
}

export async function deleteOption(tx: Transaction, id: number): Promise<void> {
  await tx.delete(productOptions).where(eq(productOptions.id, id))
}

export async function deleteOptionValues(tx: Transaction, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await tx.delete(productOptionValues).where(inArray(productOptionValues.id, [...ids]))
}

/** Gives every variant of a product the same value of an option that is new to it. */
export async function giveAllVariants(
  tx: Transaction,
  productId: number,
  { optionId, valueId }: { optionId: number; valueId: number },
): Promise<void> {
  await tx.execute(sql`
    insert into variant_option_values (variant_id, option_id, option_value_id)
    select id, ${optionId}, ${valueId} from variants where product_id = ${productId}`)
}

/** Pictures name the values they show, so a renamed value is renamed there too. */
export async function renameInPictures(
  tx: Transaction,
  productId: number,
  rename: (values: Readonly<Record<string, string>>) => Record<string, string>,
): Promise<void> {
  const rows = await tx
    .select({ id: productImages.id, optionValues: productImages.optionValues })
    .from(productImages)
    .where(and(eq(productImages.productId, productId), ne(productImages.optionValues, {})))
  for (const { id, optionValues } of rows) {
    await tx
      .update(productImages)
      .set({ optionValues: rename(optionValues) })
      .where(eq(productImages.id, id))
  }
}
