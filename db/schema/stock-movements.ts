import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

import { STOCK_REASONS } from '@/lib/domain/stock-reason'

import { variants } from './catalog'

const reasons = sql.raw(STOCK_REASONS.map((reason) => `'${reason}'`).join(','))

/** Every change of `stock.on_hand`, written by a trigger, so that there is no way around it. */
export const stockMovements = pgTable(
  'stock_movements',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    variantId: integer()
      .notNull()
      .references(() => variants.id, { onDelete: 'cascade' }),
    quantity: integer().notNull(),
    reason: text({ enum: STOCK_REASONS }).notNull(),
    /** What caused it: an attempt, a refund, a form, an import. */
    ref: text(),
    /** What staff wrote beside it, and who they are; null for what nobody did by hand. */
    note: text(),
    actorEmail: text(),
    movedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check('stock_movements_not_zero', sql`${table.quantity} <> 0`),
    check('stock_movements_reason_known', sql`${table.reason} in (${reasons})`),
    index('stock_movements_by_variant').on(table.variantId, table.id),
  ],
)
