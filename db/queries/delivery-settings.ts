import { and, asc, eq, inArray, ne } from 'drizzle-orm'

import type { DeliveryMethodSettings, DeliveryZone } from '@/lib/domain/delivery-settings'

import type { Queryable, Transaction } from '../client'
import { deliveryMethods, deliveryWeightBands, deliveryZoneCountries, deliveryZones } from '../schema/shop'
import { toRate } from './shop'

export type ZoneMethod = DeliveryMethodSettings & { readonly id: number }
export type ZoneRow = DeliveryZone & { readonly id: number; readonly methods: readonly ZoneMethod[] }

/** Every zone with its countries and methods, also those that are not offered. */
export async function listZones(db: Queryable): Promise<ZoneRow[]> {
  const zones = await db.select().from(deliveryZones).orderBy(asc(deliveryZones.id))
  const countries = await db.select().from(deliveryZoneCountries).orderBy(asc(deliveryZoneCountries.country))
  const methods = await db
    .select()
    .from(deliveryMethods)
    .orderBy(asc(deliveryMethods.position), asc(deliveryMethods.id))
  const bands = await db.select().from(deliveryWeightBands).orderBy(asc(deliveryWeightBands.upToGrams))
  return zones.map(({ id, name }) => ({
    id,
    name,
    countries: countries.filter(({ zoneId }) => zoneId === id).map(({ country }) => country),
    methods: methods
      .filter(({ zoneId }) => zoneId === id)
      .map((method) => ({
        id: method.id,
        name: method.name,
        estimate: method.estimate,
        position: method.position,
        active: method.active,
        rate: toRate(
          method,
          bands
            .filter(({ methodId }) => methodId === method.id)
            .map(({ upToGrams, priceMinor }) => ({ upToGrams, priceMinor })),
        ),
      })),
  }))
}

export async function insertZone(tx: Transaction, { name, countries }: DeliveryZone): Promise<number> {
  const [row] = await tx.insert(deliveryZones).values({ name }).returning({ id: deliveryZones.id })
  if (!row) throw new Error('the zone was not inserted')
  await tx.insert(deliveryZoneCountries).values(countries.map((country) => ({ country, zoneId: row.id })))
  return row.id
}

export async function updateZone(tx: Transaction, id: number, { name, countries }: DeliveryZone): Promise<void> {
  await tx.update(deliveryZones).set({ name }).where(eq(deliveryZones.id, id))
  await tx.delete(deliveryZoneCountries).where(eq(deliveryZoneCountries.zoneId, id))
  await tx.insert(deliveryZoneCountries).values(countries.map((country) => ({ country, zoneId: id })))
}

/** With its methods. */
export async function deleteZone(tx: Transaction, id: number): Promise<void> {
  await tx.delete(deliveryZones).where(eq(deliveryZones.id, id))
}

/** Which of these countries belong to another zone, and to which. */
export async function findTakenCountries(
  tx: Transaction,
  countries: readonly string[],
  exceptZoneId: number | null,
): Promise<{ country: string; zone: string }[]> {
  return tx
    .select({ country: deliveryZoneCountries.country, zone: deliveryZones.name })
    .from(deliveryZoneCountries)
    .innerJoin(deliveryZones, eq(deliveryZones.id, deliveryZoneCountries.zoneId))
    .where(and(inArray(deliveryZoneCountries.country, [...countries]), ne(deliveryZones.id, exceptZoneId ?? 0)))
}

export async function insertMethod(tx: Transaction, zoneId: number, method: DeliveryMethodSettings): Promise<number> {
  const [row] = await tx
    .insert(deliveryMethods)
    .values({ zoneId, ...toRow(method) })
    .returning({ id: deliveryMethods.id })
  if (!row) throw new Error('the method was not inserted')
  await writeBands(tx, row.id, method)
  return row.id
}

export async function updateMethod(tx: Transaction, id: number, method: DeliveryMethodSettings): Promise<void> {
  await tx.update(deliveryMethods).set(toRow(method)).where(eq(deliveryMethods.id, id))
  await tx.delete(deliveryWeightBands).where(eq(deliveryWeightBands.methodId, id))
  await writeBands(tx, id, method)
}

export async function deleteMethod(tx: Transaction, id: number): Promise<void> {
  await tx.delete(deliveryMethods).where(eq(deliveryMethods.id, id))
}

async function writeBands(tx: Transaction, methodId: number, { rate }: DeliveryMethodSettings): Promise<void> {
  if (rate.kind !== 'by_weight') return
  await tx.insert(deliveryWeightBands).values(rate.bands.map((band) => ({ methodId, ...band })))
}

function toRow({ name, estimate, position, active, rate }: DeliveryMethodSettings) {
  return {
    name,
    estimate,
    position,
    active,
    rateKind: rate.kind,
    priceMinor: rate.kind === 'by_weight' ? null : rate.priceMinor,
    freeFromMinor: rate.kind === 'free_above' ? rate.freeFromMinor : null,
  }
}
