import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  char,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core'

import type { Picture } from '@/lib/domain/catalog'
import { PRODUCT_STATES } from '@/lib/domain/product'

export const categories = pgTable(
  'categories',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    slug: text().notNull().unique('categories_slug_unique'),
    parentId: integer(),
    name: text().notNull(),
    description: text().notNull().default(''),
    position: smallint().notNull().default(0),
    picture: jsonb().$type<Picture>(),
    /** Counts the changes made in the back office: who has seen an older one is told what changed. */
    version: integer().notNull().default(1),
  },
  (table) => [
    foreignKey({ name: 'categories_parent', columns: [table.parentId], foreignColumns: [table.id] }),
    check('categories_not_own_parent', sql`${table.parentId} <> ${table.id}`),
    index('categories_by_parent').on(table.parentId),
  ],
)

export const products = pgTable(
  'products',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    slug: text().notNull().unique('products_slug_unique'),
    name: text().notNull(),
    subtitle: text().notNull().default(''),
    description: text().notNull().default(''),
    details: jsonb().$type<{ label: string; value: string }[]>().notNull().default([]),
    state: text({ enum: PRODUCT_STATES }).notNull().default('draft'),
    publishedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Counts the changes made in the back office: who has seen an older one is told what changed. */
    version: integer().notNull().default(1),
  },
  (table) => [
    check('products_state_known', sql`${table.state} in ('draft', 'active', 'archived')`),
    index('products_by_name').on(sql`lower(${table.name})`, table.id),
    index('products_newest_active')
      .on(table.publishedAt.desc())
      .where(sql`state = 'active'`),
  ],
)

/** Addresses that products had before: they lead on to the one of today. */
export const formerProductSlugs = pgTable(
  'former_product_slugs',
  {
    slug: text().primaryKey(),
    productId: integer()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
  },
  (table) => [index('former_product_slugs_of_product').on(table.productId)],
)

export const productCategories = pgTable(
  'product_categories',
  {
    productId: integer()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    categoryId: integer()
      .notNull()
      .references(() => categories.id, { onDelete: 'restrict' }),
  },
  (table) => [
    primaryKey({ columns: [table.productId, table.categoryId] }),
    index('product_categories_by_category').on(table.categoryId),
  ],
)

export const productOptions = pgTable(
  'product_options',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    productId: integer()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    position: smallint().notNull().default(0),
  },
  (table) => [unique('product_options_one_per_name').on(table.productId, table.name)],
)

export const productOptionValues = pgTable(
  'product_option_values',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    optionId: integer()
      .notNull()
      .references(() => productOptions.id, { onDelete: 'cascade' }),
    value: text().notNull(),
    swatch: text(),
    position: smallint().notNull().default(0),
  },
  (table) => [
    unique('product_option_values_one_per_value').on(table.optionId, table.value),
    unique('product_option_values_of_option').on(table.id, table.optionId),
  ],
)

/** What is bought. Every price belongs to a variant, in minor units of its currency. */
export const variants = pgTable(
  'variants',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    productId: integer()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    sku: text().notNull().unique('variants_sku_unique'),
    priceMinor: bigint({ mode: 'number' }).notNull(),
    currency: char({ length: 3 }).notNull(),
    weightGrams: integer().notNull(),
    position: smallint().notNull().default(0),
    active: boolean().notNull().default(true),
    /** From this many free pieces down it is on the list of what runs low; null for the shop's usual number. */
    lowStockAt: integer(),
  },
  (table) => [
    check('variants_low_stock_at_not_negative', sql`${table.lowStockAt} >= 0`),
    check('variants_price_positive', sql`${table.priceMinor} > 0`),
    check('variants_weight_positive', sql`${table.weightGrams} > 0`),
    index('variants_by_product').on(table.productId),
  ],
)

export const variantOptionValues = pgTable(
  'variant_option_values',
  {
    variantId: integer()
      .notNull()
      .references(() => variants.id, { onDelete: 'cascade' }),
    optionId: integer().notNull(),
    optionValueId: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.variantId, table.optionId] }),
    foreignKey({
      name: 'variant_option_values_value_of_option',
      columns: [table.optionValueId, table.optionId],
      foreignColumns: [productOptionValues.id, productOptionValues.optionId],
    }).onDelete('cascade'),
  ],
)

/** Pieces on the shelf and how many of them running payments hold. The checks refuse an oversell. */
export const stock = pgTable(
  'stock',
  {
    variantId: integer()
      .primaryKey()
      .references(() => variants.id, { onDelete: 'restrict' }),
    onHand: integer().notNull(),
    held: integer().notNull().default(0),
  },
  (table) => [
    check('stock_on_hand_not_negative', sql`${table.onHand} >= 0`),
    check('stock_held_not_negative', sql`${table.held} >= 0`),
    check('stock_held_is_on_hand', sql`${table.held} <= ${table.onHand}`),
  ],
)

export const productImages = pgTable(
  'product_images',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    productId: integer()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    position: smallint().notNull(),
    /** File name without width and ending: `${base}-${width}.webp` under MEDIA_DIR. */
    base: text().notNull(),
    widths: integer().array().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    alt: text().notNull(),
    optionValues: jsonb().$type<Record<string, string>>().notNull().default({}),
  },
  (table) => [
    unique('product_images_one_per_position').on(table.productId, table.position),
    check('product_images_alt_required', sql`length(${table.alt}) > 0`),
  ],
)
