import type { Transaction } from '../client'
import { productCategories, productImages, products } from '../schema/catalog'
import type { SeedProduct } from './catalogue/types'
import { insertVariants } from './insert-variants'
import type { FindPicture } from './pictures'

/** The first product appeared then, the others a day apart: a fixed date, so that every seed gives the same shop. */
const FIRST_PUBLISHED = Date.UTC(2026, 0, 5, 9)
const DAY_MS = 86_400_000

/** Inserts the products that are missing, with all that hangs on them; an existing one keeps its stock and its edits. */
export async function insertProducts(
  tx: Transaction,
  seeds: readonly SeedProduct[],
  categoryIds: ReadonlyMap<string, number>,
  findPicture: FindPicture,
): Promise<void> {
  const added = await tx.insert(products).values(seeds.map(toProductRow)).onConflictDoNothing().returning()
  if (added.length === 0) return
  const ids = new Map(added.map(({ id, slug }) => [slug, id]))
  const fresh = seeds.flatMap((seed) => {
    const productId = ids.get(seed.slug)
    return productId === undefined ? [] : [{ ...seed, productId }]
  })
  await tx.insert(productCategories).values(
    fresh.flatMap(({ slug, productId, categorySlugs }) =>
      categorySlugs.map((categorySlug) => {
        const categoryId = categoryIds.get(categorySlug)
        if (categoryId === undefined) throw new Error(`Product ${slug} is in an unknown category ${categorySlug}`)
        return { productId, categoryId }
      }),
    ),
  )
  await tx.insert(productImages).values(
    fresh.flatMap(({ productId, images }) =>
      images.map((image, position) => {
        const { widths, ...picture } = findPicture(image)
        return { productId, position, ...picture, widths: [...widths], optionValues: { ...image.optionValues } }
      }),
    ),
  )
  await insertVariants(tx, fresh)
}

function toProductRow({ slug, name, subtitle, description, details, state, publishedOrder }: SeedProduct) {
  const publishedAt = new Date(FIRST_PUBLISHED + publishedOrder * DAY_MS)
  return { slug, name, subtitle, description, details: [...details], state, publishedAt }
}
