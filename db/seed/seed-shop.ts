import { inTransaction, type Database } from '../client'
import { shopSettings } from '../schema/shop'
import { seedCategories, seedHeroImage, seedProducts } from './catalogue'
import { insertCategories } from './insert-categories'
import { insertDeliveryAndTax } from './insert-delivery-and-tax'
import { insertProducts } from './insert-products'
import { pictureFinder } from './pictures'
import type { RenderedImage } from './render-images'

export const DEMONSTRATION_SHOP = {
  name: 'Plotterhouse',
  tagline: 'Drawings by machine, printed by hand-fed press',
  currency: 'USD',
} as const

/**
 * Fills a migrated database with the demonstration shop, all or nothing. Only what is missing is inserted: a second run
 * changes no row, so stock, prices and settings that were changed since stay.
 */
export async function seedShop(db: Database, rendered: readonly RenderedImage[]): Promise<void> {
  const findPicture = pictureFinder(rendered)
  await inTransaction(db, async (tx) => {
    await insertDeliveryAndTax(tx)
    const categoryIds = await insertCategories(tx, seedCategories, findPicture)
    await insertProducts(tx, seedProducts, categoryIds, findPicture)
    await tx
      .insert(shopSettings)
      .values({ ...DEMONSTRATION_SHOP, hero: findPicture(seedHeroImage) })
      .onConflictDoNothing()
  })
}
