import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { COUNTRIES } from '@/lib/domain/country'

import { isSeeded } from '../administer'
import { deliveryMethods, deliveryZoneCountries, taxRates } from '../schema/shop'
import { stock } from '../schema/catalog'
import { createTestDatabase, type TestDatabase } from '../testing/database'
import { seedCategories, seedHeroImage, seedProducts } from './catalogue'
import { seedShop } from './seed-shop'

/** What the renderer would answer: the rows do not depend on whether the pictures were drawn. */
const rendered = [seedHeroImage, ...[...seedCategories, ...seedProducts].flatMap(imagesOf)].map(({ key }) => {
  return { key, fileBase: key, width: 1200, height: 1500, widths: [400, 800, 1200] }
})

function imagesOf(seed: (typeof seedCategories)[number] | (typeof seedProducts)[number]) {
  return 'image' in seed ? [seed.image] : seed.images
}

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await seedShop(database.db, rendered)
})
afterAll(() => database.drop())

/** Every row of every table, as text. */
async function dump(): Promise<Record<string, string[]>> {
  const { rows: tables } = await database.db.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  )
  const entries = tables.map(async ({ name }) => {
    const { rows } = await database.db.execute<{ row: string }>(
      sql`select t::text as row from ${sql.identifier(name)} t order by 1`,
    )
    return [name, rows.map(({ row }) => row)] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

test('the seeded shop has at least 60 products in 8 or more categories', async () => {
  const rows = await dump()
  expect(rows['products']?.length).toBeGreaterThanOrEqual(60)
  expect(rows['categories']?.length).toBeGreaterThanOrEqual(8)
  expect(rows['stock']).toHaveLength(rows['variants']?.length ?? 0)
  expect(await isSeeded(database.url)).toBe(true)
})

test('seeding twice changes nothing, and stock sold in between stays sold', async () => {
  const [variant] = await database.db
    .select()
    .from(stock)
    .where(sql`on_hand > 1`)
    .limit(1)
  if (!variant) throw new Error('nothing in stock')
  await database.db
    .update(stock)
    .set({ onHand: variant.onHand - 1 })
    .where(eq(stock.variantId, variant.variantId))
  const before = await dump()
  await seedShop(database.db, rendered)
  expect(await dump()).toEqual(before)
})

test('every country whose addresses we know is delivered to, and its tax is known', async () => {
  const served = await database.db.select().from(deliveryZoneCountries)
  const rates = await database.db.select().from(taxRates)
  for (const country of Object.keys(COUNTRIES)) {
    expect(served.map((row) => row.country)).toContain(country)
    expect(rates.map((row) => row.country)).toContain(country)
  }
  const states = Object.keys(COUNTRIES['US']?.regions ?? {})
  for (const { country, region } of rates) if (country === 'US') expect(states).toContain(region)
})

test('each zone has a method that carries any weight, and every kind of rate is in use', async () => {
  const methods = await database.db.select().from(deliveryMethods)
  const unlimited = methods.filter(({ rateKind }) => rateKind !== 'by_weight').map(({ zoneId }) => zoneId)
  expect(new Set(unlimited)).toEqual(new Set(methods.map(({ zoneId }) => zoneId)))
  expect(new Set(methods.map(({ rateKind }) => rateKind))).toEqual(new Set(['flat', 'free_above', 'by_weight']))
})
