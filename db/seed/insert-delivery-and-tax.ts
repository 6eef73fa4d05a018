import type { Transaction } from '../client'
import { deliveryMethods, deliveryWeightBands, deliveryZoneCountries, deliveryZones, taxRates } from '../schema/shop'
import { seedTaxRates, seedZones, type SeedMethod, type SeedZone } from './delivery-and-tax'

/** Inserts the zones and rates that are missing; what is there stays as the shop has it. */
export async function insertDeliveryAndTax(tx: Transaction): Promise<void> {
  await tx
    .insert(taxRates)
    .values([...seedTaxRates])
    .onConflictDoNothing()
  const added = await tx
    .insert(deliveryZones)
    .values(seedZones.map(({ name }) => ({ name })))
    .onConflictDoNothing()
    .returning()
  for (const zone of seedZones) {
    const id = added.find(({ name }) => name === zone.name)?.id
    if (id !== undefined) await fillZone(tx, id, zone)
  }
}

async function fillZone(tx: Transaction, zoneId: number, zone: SeedZone): Promise<void> {
  await tx
    .insert(deliveryZoneCountries)
    .values(zone.countries.map((country) => ({ country, zoneId })))
    .onConflictDoNothing()
  const methods = await tx
    .insert(deliveryMethods)
    .values(zone.methods.map((method, position) => ({ zoneId, position, ...toMethodRow(method) })))
    .returning()
  const bands = zone.methods.flatMap(({ name, rate }) => {
    const method = methods.find((row) => row.name === name)
    return method && rate.kind === 'by_weight' ? rate.bands.map((band) => ({ methodId: method.id, ...band })) : []
  })
  if (bands.length > 0) await tx.insert(deliveryWeightBands).values(bands)
}

function toMethodRow({ name, estimate, rate }: SeedMethod) {
  return {
    name,
    estimate,
    rateKind: rate.kind,
    priceMinor: rate.kind === 'by_weight' ? null : rate.priceMinor,
    freeFromMinor: rate.kind === 'free_above' ? rate.freeFromMinor : null,
  }
}
