import { sql } from 'drizzle-orm'
import { bigint, char, check, index, date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/**
 * What a day (UTC) that is over came to, added up once by the worker: a chart of a year does not read a million orders. Orders do
 * not change their amounts, so the rows are never wrong later; the days since are counted live, and so is what came again of what
 * was given back.
 */
export const salesDays = pgTable(
  'sales_days',
  {
    day: date({ mode: 'string' }).notNull(),
    currency: char({ length: 3 }).notNull(),
    orders: integer().notNull(),
    totalMinor: bigint({ mode: 'number' }).notNull(),
    /** Payments that were begun. */
    attempts: integer().notNull(),
    refunds: integer().notNull(),
    refundedMinor: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.day, table.currency] }),
    check(
      'sales_days_not_negative',
      sql`${table.orders} >= 0 and ${table.totalMinor} >= 0 and ${table.attempts} >= 0 and ${table.refunds} >= 0 and ${table.refundedMinor} >= 0`,
    ),
  ],
)

/** The same for each thing that was sold. */
export const salesDayItems = pgTable(
  'sales_day_items',
  {
    day: date({ mode: 'string' }).notNull(),
    currency: char({ length: 3 }).notNull(),
    sku: text().notNull(),
    /** As it was called last on that day. */
    name: text().notNull(),
    quantity: integer().notNull(),
    totalMinor: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.day, table.currency, table.sku] }),
    index('sales_day_items_of_sku').on(table.sku, table.currency, table.day),
    check('sales_day_items_positive', sql`${table.quantity} > 0 and ${table.totalMinor} >= 0`),
  ],
)
