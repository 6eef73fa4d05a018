import { eq } from 'drizzle-orm'

import { TAX_CURRENCIES, type TaxCurrency } from '@/lib/domain/tax-currency'

import { inTransaction, type Database, type Transaction } from '../client'
import { exchangeRates, shopSettings, taxRegistrations } from '../schema/shop'
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

/** Near to what they were in 2026, and nobody's official rates: a shop that sells enters those that its authorities accept. */
const DEMONSTRATION_RATES = {
  CZK: 20_900_000,
  DKK: 6_420_000,
  EUR: 860_000,
  GBP: 750_000,
  HUF: 330_000_000,
  PLN: 3_650_000,
  RON: 4_370_000,
  SEK: 9_400_000,
} as const satisfies Record<TaxCurrency, number>

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
    await insertExchangeRates(tx)
  })
}

async function insertExchangeRates(tx: Transaction): Promise<void> {
  // In a later month the same rates would be new ones, before those that somebody has entered.
  if ((await tx.$count(exchangeRates)) > 0) return
  const since = `${new Date().toISOString().slice(0, 7)}-01`
  await tx.insert(exchangeRates).values(
    TAX_CURRENCIES.map((currency) => ({
      base: DEMONSTRATION_SHOP.currency,
      currency,
      since,
      perUnitMicro: DEMONSTRATION_RATES[currency],
    })),
  )
}
