import { and, asc, eq, inArray } from 'drizzle-orm'

import type { DeliveryMethod, DeliveryRate } from '@/lib/domain/delivery'
import { isCurrency, type Currency } from '@/lib/domain/money'
import type { TaxRate } from '@/lib/domain/tax'

import type { Queryable } from '../client'
import { deliveryMethods, deliveryWeightBands, deliveryZoneCountries, shopSettings, taxRates } from '../schema/shop'

/**
 * The shop's name and currency.
 * @throws Error when the shop has not been set up (`npm run db:seed`).
 */
export async function requireShopSettings(db: Queryable): Promise<{ name: string; currency: Currency }> {
  const [row] = await db.select({ name: shopSettings.name, currency: shopSettings.currency }).from(shopSettings)
  if (!row) throw new Error('the shop has no settings yet: run npm run db:seed')
  if (!isCurrency(row.currency)) throw new Error(`PayPal does not settle in ${row.currency}`)
  return { name: row.name, currency: row.currency }
}

/** The methods that deliver to a country; empty when it is not served. */
export async function listDeliveryMethods(db: Queryable, country: string): Promise<DeliveryMethod[]> {
  const rows = await db
    .select({ method: deliveryMethods })
    .from(deliveryMethods)
    .innerJoin(deliveryZoneCountries, eq(deliveryZoneCountries.zoneId, deliveryMethods.zoneId))
    .where(and(eq(deliveryZoneCountries.country, country), eq(deliveryMethods.active, true)))
    .orderBy(asc(deliveryMethods.position))
  const ids = rows.map(({ method }) => method.id)
  const bands =
    ids.length === 0
      ? []
      : await db.select().from(deliveryWeightBands).where(inArray(deliveryWeightBands.methodId, ids))
  return rows.map(({ method }) => ({
    id: method.id,
    name: method.name,
    estimate: method.estimate,
    rate: toRate(
      method,
      bands.filter((band) => band.methodId === method.id),
    ),
  }))
}

/** A row of a method as the rate it is. */
export function toRate(
  method: typeof deliveryMethods.$inferSelect,
  bands: { upToGrams: number; priceMinor: number }[],
): DeliveryRate {
  const priceMinor = method.priceMinor ?? 0
  switch (method.rateKind) {
    case 'flat':
      return { kind: 'flat', priceMinor }
    case 'free_above':
      return { kind: 'free_above', priceMinor, freeFromMinor: method.freeFromMinor ?? Number.MAX_SAFE_INTEGER }
    case 'by_weight':
      return { kind: 'by_weight', bands }
  }
}

/** Codes of the countries that are delivered to. */
export async function listServedCountries(db: Queryable): Promise<string[]> {
  const rows = await db.select({ country: deliveryZoneCountries.country }).from(deliveryZoneCountries)
  return rows.map((row) => row.country).toSorted()
}

export async function listTaxRates(db: Queryable, country: string): Promise<TaxRate[]> {
  return db.select().from(taxRates).where(eq(taxRates.country, country))
}
