import { and, asc, eq, inArray, sql } from 'drizzle-orm'

import type { Picture } from '@/lib/domain/catalog'

import type { Queryable } from '../client'
import { productImages, products, stock, variants } from '../schema/catalog'
import { paymentAttempts, stockHolds } from '../schema/payments'
import { listVariantOptions } from './variant-options'

/** A variant that can be bought, with its current price (minor units) and the pieces nobody holds. */
export interface SellableVariant {
  readonly variantId: number
  readonly productId: number
  readonly productName: string
  readonly productSlug: string
  readonly sku: string
  readonly options: { name: string; value: string }[]
  readonly picture: Picture | null
  readonly unitPriceMinor: number
  readonly currency: string
  readonly weightGrams: number
  readonly available: number
}

/**
 * Active variants of active products among `variantIds`; whatever is missing from the answer is no longer sold. What a
 * payment of this very cart holds counts as available to it: a buyer must not be told that the last piece, which is
 * being kept for them, is sold out.
 */
export async function findSellableVariants(
  db: Queryable,
  variantIds: readonly number[],
  cartId: string,
): Promise<SellableVariant[]> {
  if (variantIds.length === 0) return []
  const ids = [...variantIds]
  const rows = await db
    .select({
      variantId: variants.id,
      productId: products.id,
      productName: products.name,
      productSlug: products.slug,
      sku: variants.sku,
      unitPriceMinor: variants.priceMinor,
      currency: variants.currency,
      weightGrams: variants.weightGrams,
      onHand: stock.onHand,
      held: stock.held,
      heldForCart: sql<number>`(
        select coalesce(sum(${stockHolds.quantity}), 0)::int from ${stockHolds}
        join ${paymentAttempts} on ${paymentAttempts.id} = ${stockHolds.attemptId}
        where ${stockHolds.variantId} = ${variants.id} and ${stockHolds.state} = 'held'
          and ${paymentAttempts.cartId} = ${cartId})`,
    })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(stock, eq(stock.variantId, variants.id))
    .where(and(inArray(variants.id, ids), eq(variants.active, true), eq(products.state, 'active')))
  const options = await listVariantOptions(db, ids)
  const pictures = await listPictures(db, [...new Set(rows.map((row) => row.productId))])
  return rows.map(({ onHand, held, heldForCart, ...row }) => {
    const own = options.get(row.variantId) ?? []
    const picture = pickPicture(pictures.get(row.productId) ?? [], own)
    return { ...row, options: own, picture, available: onHand - held + heldForCart }
  })
}

/** What a line of a cart was once, now that it is not sold any more. */
export type GoneVariant = Pick<SellableVariant, 'variantId' | 'productName' | 'options'>

/** Variants by id whether or not they are sold; whatever is missing is no longer in the catalogue at all. */
export async function nameVariants(db: Queryable, variantIds: readonly number[]): Promise<GoneVariant[]> {
  if (variantIds.length === 0) return []
  const rows = await db
    .select({ variantId: variants.id, productName: products.name })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(inArray(variants.id, [...variantIds]))
  const options = await listVariantOptions(db, variantIds)
  return rows.map((row) => ({ ...row, options: options.get(row.variantId) ?? [] }))
}

/** Variants by SKU, also those that are no longer sold: for what was bought from the catalogue once. */
export async function findVariantsBySku(
  db: Queryable,
  skus: readonly string[],
): Promise<Pick<SellableVariant, 'variantId' | 'productSlug' | 'sku' | 'options' | 'picture' | 'weightGrams'>[]> {
  if (skus.length === 0) return []
  const rows = await db
    .select({
      variantId: variants.id,
      productId: products.id,
      productSlug: products.slug,
      sku: variants.sku,
      weightGrams: variants.weightGrams,
    })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(inArray(variants.sku, [...skus]))
  const options = await listVariantOptions(
    db,
    rows.map((row) => row.variantId),
  )
  const pictures = await listPictures(db, [...new Set(rows.map((row) => row.productId))])
  return rows.map(({ productId, ...row }) => {
    const own = options.get(row.variantId) ?? []
    return { ...row, options: own, picture: pickPicture(pictures.get(productId) ?? [], own) }
  })
}

type PictureRow = Picture & { readonly optionValues: Record<string, string> }

async function listPictures(db: Queryable, productIds: number[]): Promise<Map<number, PictureRow[]>> {
  if (productIds.length === 0) return new Map()
  const rows = await db
    .select()
    .from(productImages)
    .where(inArray(productImages.productId, productIds))
    .orderBy(asc(productImages.position))
  return Map.groupBy(rows, (row) => row.productId)
}

/** The picture that shows the chosen options best, else the first. */
function pickPicture(
  pictures: readonly PictureRow[],
  options: readonly { name: string; value: string }[],
): Picture | null {
  const chosen = new Map(options.map(({ name, value }) => [name, value]))
  const score = (picture: PictureRow) => {
    const shown = Object.entries(picture.optionValues)
    return shown.every(([name, value]) => chosen.get(name) === value) ? shown.length : -1
  }
  const best = pictures.toSorted((a, b) => score(b) - score(a))[0]
  if (!best) return null
  const { base, widths, width, height, alt } = best
  return { base, widths, width, height, alt }
}
