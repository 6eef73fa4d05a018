import { eq } from 'drizzle-orm'

import { inTransaction, type Database } from '../client'
import { shopSettings, taxRegistrations } from '../schema/shop'
import { seedCategories, seedHeroImage, seedProducts } from './catalogue'
import { seedZones } from './delivery-and-tax'
import { insertCategories } from './insert-categories'
import { insertDeliveryAndTax } from './insert-delivery-and-tax'
import { insertDiscounts } from './insert-discounts'
import { insertProducts } from './insert-products'
import { pictureFinder } from './pictures'
import type { RenderedImage } from './render-images'

const DEMONSTRATION_SELLER = {
  legalName: 'Plotterhouse Demonstration LLC',
  addressLine1: '1 Example Street',
  addressCity: 'Brooklyn',
  addressRegion: 'NY',
  addressPostalCode: '11201',
  addressCountry: 'US',
  taxId: 'EIN 00-0000000',
  contactEmail: 'hello@plotterhouse.example',
} as const

export const DEMONSTRATION_SHOP = {
  name: 'Plotterhouse',
  tagline: 'Drawings by machine, printed by hand-fed press',
  currency: 'USD',
  ...DEMONSTRATION_SELLER,
} as const

/** Nobody's numbers. A seller from outside has one for the Union's one-stop shop and one for the United Kingdom. */
const DEMONSTRATION_TAX_IDS = seedZones
  .flatMap(({ countries }) => countries)
  .filter((country) => country !== 'US')
  .map((country) => ({ country, taxId: country === 'GB' ? 'VAT ID GB 000 0000 00' : 'VAT ID EU 000 0000 00' }))

/**
 * Fills a migrated database with the demonstration shop, all or nothing. Only what is missing is inserted: a second run
 * changes no row, so stock, prices and settings that were changed since stay.
 */
export async function seedShop(db: Database, rendered: readonly RenderedImage[]): Promise<void> {
  const findPicture = pictureFinder(rendered)
  await inTransaction(db, async (tx) => {
    await insertDeliveryAndTax(tx)
    await insertDiscounts(tx)
    const categoryIds = await insertCategories(tx, seedCategories, findPicture)
    await insertProducts(tx, seedProducts, categoryIds, findPicture)
    await tx
      .insert(shopSettings)
      .values({ ...DEMONSTRATION_SHOP, hero: findPicture(seedHeroImage) })
      // A shop that was seeded before invoices named the seller has a row without one.
      .onConflictDoUpdate({
        target: shopSettings.id,
        set: DEMONSTRATION_SELLER,
        setWhere: eq(shopSettings.addressLine1, ''),
      })
    await tx.insert(taxRegistrations).values(DEMONSTRATION_TAX_IDS).onConflictDoNothing()
  })
}
