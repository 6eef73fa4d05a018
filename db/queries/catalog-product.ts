import { and, asc, desc, eq, isNotNull } from 'drizzle-orm'

import {
  toAvailability,
  type OptionView,
  type ProductPicture,
  type ProductView,
  type VariantView,
} from '@/lib/domain/catalog'
import { isCurrency } from '@/lib/domain/money'

import type { Queryable } from '../client'
import {
  categories,
  productCategories,
  productImages,
  productOptions,
  productOptionValues,
  products,
  stock,
  variants,
} from '../schema/catalog'
import { listVariantOptions } from './variant-options'

/** An active product with everything its page shows; null when there is none, or nothing of it is for sale. */
export async function findProduct(db: Queryable, slug: string): Promise<ProductView | null> {
  const [product] = await db
    .select()
    .from(products)
    .where(and(eq(products.slug, slug), eq(products.state, 'active')))
  return product ? viewProduct(db, product) : null
}

/** A product as its page shows it, whatever its state; null when nothing of it is for sale. */
export async function viewProduct(db: Queryable, product: typeof products.$inferSelect): Promise<ProductView | null> {
  const [variantViews, options, pictures, category] = await Promise.all([
    listVariants(db, product.id),
    listOptions(db, product.id),
    listPictures(db, product.id),
    findClosestCategory(db, product.id),
  ])
  if (variantViews.length === 0) return null
  const { slug, name, subtitle, description, details } = product
  return {
    productId: product.id,
    slug,
    name,
    subtitle,
    description,
    details,
    category,
    options: withoutUnused(options, variantViews),
    variants: variantViews,
    pictures,
  }
}

async function listVariants(db: Queryable, productId: number): Promise<VariantView[]> {
  const rows = await db
    .select({
      variantId: variants.id,
      sku: variants.sku,
      minor: variants.priceMinor,
      currency: variants.currency,
      onHand: stock.onHand,
      held: stock.held,
    })
    .from(variants)
    .innerJoin(stock, eq(stock.variantId, variants.id))
    .where(and(eq(variants.productId, productId), eq(variants.active, true)))
    .orderBy(asc(variants.position), asc(variants.id))
  const options = await listVariantOptions(
    db,
    rows.map((row) => row.variantId),
  )
  return rows.map(({ variantId, sku, minor, currency, onHand, held }) => {
    if (!isCurrency(currency)) throw new Error(`PayPal does not settle in ${currency}`)
    const own = options.get(variantId) ?? []
    return {
      variantId,
      sku,
      optionValues: Object.fromEntries(own.map(({ name, value }) => [name, value])),
      price: { minor, currency },
      availability: toAvailability(onHand - held),
    }
  })
}

async function listOptions(db: Queryable, productId: number): Promise<OptionView[]> {
  const rows = await db
    .select({ name: productOptions.name, value: productOptionValues.value, swatch: productOptionValues.swatch })
    .from(productOptions)
    .innerJoin(productOptionValues, eq(productOptionValues.optionId, productOptions.id))
    .where(eq(productOptions.productId, productId))
    .orderBy(asc(productOptions.position), asc(productOptionValues.position), asc(productOptionValues.id))
  return [...Map.groupBy(rows, (row) => row.name)].map(([name, values]) => ({
    name,
    values: values.map(({ value, swatch }) => ({ value, swatch })),
  }))
}

/** A value that no active variant has cannot be chosen, so it is not shown. */
function withoutUnused(options: readonly OptionView[], sold: readonly VariantView[]): OptionView[] {
  return options
    .map(({ name, values }) => ({
      name,
      values: values.filter(({ value }) => sold.some((variant) => variant.optionValues[name] === value)),
    }))
    .filter(({ values }) => values.length > 0)
}

async function listPictures(db: Queryable, productId: number): Promise<ProductPicture[]> {
  return db
    .select({
      base: productImages.base,
      widths: productImages.widths,
      width: productImages.width,
      height: productImages.height,
      alt: productImages.alt,
      optionValues: productImages.optionValues,
    })
    .from(productImages)
    .where(eq(productImages.productId, productId))
    .orderBy(asc(productImages.position))
}

/** The most particular category: one that has a parent comes first. */
async function findClosestCategory(db: Queryable, productId: number) {
  const [row] = await db
    .select({ slug: categories.slug, name: categories.name })
    .from(productCategories)
    .innerJoin(categories, eq(categories.id, productCategories.categoryId))
    .where(eq(productCategories.productId, productId))
    .orderBy(desc(isNotNull(categories.parentId)), asc(categories.position), asc(categories.id))
    .limit(1)
  return row ?? null
}
