import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'

import { variants } from './catalog'

/** Prices that take effect at a time. A row is open until the worker has applied it, or somebody has cancelled it. */
export const priceChanges = pgTable(
  'price_changes',
  {
    id: uuid().primaryKey(),
    variantId: integer()
      .notNull()
      .references(() => variants.id, { onDelete: 'cascade' }),
    /** Minor units of the variant's currency. */
    priceMinor: bigint({ mode: 'number' }).notNull(),
    startsAt: timestamp({ withTimezone: true }).notNull(),
    createdBy: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    appliedAt: timestamp({ withTimezone: true }),
    cancelledAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    check('price_changes_price_positive', sql`${table.priceMinor} > 0`),
    check('price_changes_one_end', sql`${table.appliedAt} is null or ${table.cancelledAt} is null`),
    check('price_changes_not_early', sql`${table.appliedAt} >= ${table.startsAt}`),
    uniqueIndex('price_changes_one_at_a_time')
      .on(table.variantId, table.startsAt)
      .where(sql`cancelled_at is null`),
    index('price_changes_due')
      .on(table.startsAt)
      .where(sql`applied_at is null and cancelled_at is null`),
  ],
)
