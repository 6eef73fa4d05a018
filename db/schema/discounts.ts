import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

import { DISCOUNT_KINDS } from '@/lib/domain/discount'

import { categories, products } from './catalog'
import { paymentAttempts } from './payments'

/** What the shop takes off, with a code or without. Amounts in minor units of the shop's currency. */
export const discounts = pgTable(
  'discounts',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** Null: it applies by itself. */
    code: text().unique('discounts_code_unique'),
    label: text().notNull(),
    kind: text({ enum: DISCOUNT_KINDS }).notNull(),
    /** Hundredths of a percent, minor units, or 0 for free delivery. */
    value: bigint({ mode: 'number' }).notNull(),
    minimumMinor: bigint({ mode: 'number' }).notNull().default(0),
    /** `chosen`: for the products and categories below alone. Without it, taking the last one away would make it one for everything. */
    scope: text({ enum: ['all', 'chosen'] })
      .notNull()
      .default('all'),
    startsAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    endsAt: timestamp({ withTimezone: true }),
    usesMax: integer(),
    usesMaxPerBuyer: integer(),
    active: boolean().notNull().default(true),
    /** Grows with each change: whoever edits an older one is told. */
    version: integer().notNull().default(1),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check('discounts_code_plain', sql`${table.code} ~ '^[A-Z0-9][A-Z0-9-]{2,29}$'`),
    check('discounts_kind_known', sql`${table.kind} in ('percent', 'amount', 'free_delivery')`),
    check('discounts_scope_known', sql`${table.scope} in ('all', 'chosen')`),
    check(
      'discounts_value_sane',
      sql`case ${table.kind} when 'percent' then ${table.value} between 1 and 9000 when 'amount' then ${table.value} > 0 else ${table.value} = 0 end`,
    ),
    check('discounts_minimum_not_negative', sql`${table.minimumMinor} >= 0`),
    check('discounts_ends_after_start', sql`${table.endsAt} > ${table.startsAt}`),
    check('discounts_limits_positive', sql`${table.usesMax} > 0 and ${table.usesMaxPerBuyer} > 0`),
  ],
)

export const discountProducts = pgTable(
  'discount_products',
  {
    discountId: integer()
      .notNull()
      .references(() => discounts.id, { onDelete: 'cascade' }),
    productId: integer()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.discountId, table.productId] })],
)

/** With everything below them. */
export const discountCategories = pgTable(
  'discount_categories',
  {
    discountId: integer()
      .notNull()
      .references(() => discounts.id, { onDelete: 'cascade' }),
    categoryId: integer()
      .notNull()
      .references(() => categories.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.discountId, table.categoryId] })],
)

/**
 * What a payment was granted. It is taken when the payment begins, with the stock, and follows the payment by itself: a trigger
 * makes it `used` with the order and `released` when the payment ends without one.
 */
export const discountUses = pgTable(
  'discount_uses',
  {
    attemptId: uuid()
      .notNull()
      .references(() => paymentAttempts.id),
    discountId: integer()
      .notNull()
      .references(() => discounts.id),
    /** SHA-256 of the address: it is counted after the address itself is gone. */
    buyerHash: text().notNull(),
    state: text({ enum: ['reserved', 'used', 'released'] })
      .notNull()
      .default('reserved'),
    /** True for a payment that came after its share was given to somebody else: the price that PayPal took stands. */
    beyondLimit: boolean().notNull().default(false),
    amountMinor: bigint({ mode: 'number' }).notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.attemptId, table.discountId] }),
    check('discount_uses_state_known', sql`${table.state} in ('reserved', 'used', 'released')`),
    check('discount_uses_amount_positive', sql`${table.amountMinor} > 0`),
    index('discount_uses_counted')
      .on(table.discountId, table.buyerHash)
      .where(sql`state <> 'released' and not beyond_limit`),
  ],
)
