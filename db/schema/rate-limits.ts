import { sql } from 'drizzle-orm'
import { check, doublePrecision, index, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** Buckets that leak (lib/domain/rate-limit.ts). Keys carry hashes, never an address or a name. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    key: text().primaryKey(),
    /** How full it was then. */
    level: doublePrecision().notNull(),
    touchedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check('rate_limits_level_not_negative', sql`${table.level} >= 0`),
    index('rate_limits_oldest').on(table.touchedAt),
  ],
)

/** Whoever was told to come back is let in then: one turn for one caller at one bucket. */
export const rateLimitTurns = pgTable(
  'rate_limit_turns',
  {
    key: text().notNull(),
    /** The caller's own mark: a cart, an account. */
    caller: text().notNull(),
    turnAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.caller] }), index('rate_limit_turns_oldest').on(table.turnAt)],
)
