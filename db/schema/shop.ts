import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  char,
  check,
  date,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
} from 'drizzle-orm/pg-core'

import type { Picture } from '@/lib/domain/catalog'
import type { Currency } from '@/lib/domain/money'
import type { TaxCurrency } from '@/lib/domain/tax-currency'

/** One row: the shop itself. */
export const shopSettings = pgTable(
  'shop_settings',
  {
    id: boolean().primaryKey().default(true),
    name: text().notNull(),
    tagline: text().notNull().default(''),
    currency: char({ length: 3 }).notNull(),
    hero: jsonb().$type<Picture>(),
    /** Who sells, as invoices name them; empty when it is the shop's name. */
    legalName: text().notNull().default(''),
    addressLine1: text().notNull().default(''),
    addressLine2: text().notNull().default(''),
    addressCity: text().notNull().default(''),
    addressRegion: text().notNull().default(''),
    addressPostalCode: text().notNull().default(''),
    /** Empty until the address is known. */
    addressCountry: text().notNull().default(''),
    /** The seller's number at their tax office, such as a VAT id; empty for none. */
    taxId: text().notNull().default(''),
    contactEmail: text().notNull().default(''),
    /** The name beside the address of MAIL_FROM; empty for the one in it. */
    mailSenderName: text().notNull().default(''),
    /** Where answers to the shop's mail go; empty for the sender's address. */
    mailReplyTo: text().notNull().default(''),
  },
  (table) => [
    check('shop_settings_one_row', sql`${table.id}`),
    check('shop_settings_country_known', sql`${table.addressCountry} ~ '^([A-Z]{2})?$'`),
  ],
)

/** Under which number the shop pays tax in a country, printed on the invoices of buyers there; elsewhere it is `tax_id`. */
export const taxRegistrations = pgTable('tax_registrations', {
  country: char({ length: 2 }).primaryKey(),
  /** As printed: "VAT ID IE 1234567 AB". */
  taxId: text().notNull(),
})

/** What one unit of `base` is in a currency in which tax is owed, from a day on. Invoices that are given keep theirs. */
export const exchangeRates = pgTable(
  'exchange_rates',
  {
    base: char({ length: 3 }).$type<Currency>().notNull(),
    currency: char({ length: 3 }).$type<TaxCurrency>().notNull(),
    since: date({ mode: 'string' }).notNull(),
    /** Millionths. */
    perUnitMicro: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.base, table.currency, table.since] }),
    check('exchange_rates_positive', sql`${table.perUnitMicro} > 0`),
    check('exchange_rates_between_two', sql`${table.base} <> ${table.currency}`),
  ],
)

export const deliveryZones = pgTable('delivery_zones', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull().unique('delivery_zones_name_unique'),
})

/** A country is in one zone, so an address has one list of methods. */
export const deliveryZoneCountries = pgTable('delivery_zone_countries', {
  country: char({ length: 2 }).primaryKey(),
  zoneId: integer()
    .notNull()
    .references(() => deliveryZones.id, { onDelete: 'cascade' }),
})

export const deliveryMethods = pgTable(
  'delivery_methods',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    zoneId: integer()
      .notNull()
      .references(() => deliveryZones.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    estimate: text().notNull(),
    rateKind: text({ enum: ['flat', 'free_above', 'by_weight'] }).notNull(),
    /** Minor units; null for `by_weight`, whose prices are in the bands. */
    priceMinor: bigint({ mode: 'number' }),
    freeFromMinor: bigint({ mode: 'number' }),
    position: smallint().notNull().default(0),
    active: boolean().notNull().default(true),
  },
  (table) => [
    unique('delivery_methods_one_per_name').on(table.zoneId, table.name),
    check('delivery_methods_rate_kind_known', sql`${table.rateKind} in ('flat', 'free_above', 'by_weight')`),
    check(
      'delivery_methods_rate_complete',
      sql`(${table.rateKind} = 'by_weight' or ${table.priceMinor} >= 0) and (${table.rateKind} <> 'free_above' or ${table.freeFromMinor} > 0)`,
    ),
  ],
)

export const deliveryWeightBands = pgTable(
  'delivery_weight_bands',
  {
    methodId: integer()
      .notNull()
      .references(() => deliveryMethods.id, { onDelete: 'cascade' }),
    upToGrams: integer().notNull(),
    priceMinor: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.methodId, table.upToGrams] }),
    check('delivery_weight_bands_positive', sql`${table.upToGrams} > 0 and ${table.priceMinor} >= 0`),
  ],
)

/** `region` null: the whole country. Rates in parts per million: 8.875 % is 88750. */
export const taxRates = pgTable(
  'tax_rates',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    country: char({ length: 2 }).notNull(),
    region: text(),
    label: text().notNull(),
    ratePpm: integer().notNull(),
    pricesInclude: boolean().notNull(),
    appliesToDelivery: boolean().notNull(),
  },
  (table) => [
    unique('tax_rates_one_per_region').on(table.country, table.region).nullsNotDistinct(),
    check('tax_rates_rate_sane', sql`${table.ratePpm} between 0 and 1000000`),
  ],
)
