import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'

import { CONDITIONS, RETURN_ANSWER_MAX, RETURN_NOTE_MAX, RETURN_REASONS, RETURN_STATES } from '@/lib/domain/return'

import { orderItems, orders } from './orders'
import { refunds } from './refunds'

const listOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(','))

/** What buyers send back. A trigger keeps to RETURN_MOVES. */
export const returns = pgTable(
  'returns',
  {
    /** Made by the buyer's form: sent twice, it is one return. */
    id: uuid().primaryKey(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    state: text({ enum: RETURN_STATES }).notNull().default('requested'),
    reason: text({ enum: RETURN_REASONS }).notNull(),
    /** The buyer's own words; erased with the account. */
    note: text().notNull().default(''),
    /** What staff have answered: where to, or why not. */
    answer: text().notNull().default(''),
    askedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    answeredAt: timestamp({ withTimezone: true }),
    receivedAt: timestamp({ withTimezone: true }),
    refundId: uuid()
      .unique('returns_one_per_refund')
      .references(() => refunds.id),
  },
  (table) => [
    unique('returns_of_order').on(table.id, table.orderId),
    check('returns_state_known', sql`${table.state} in (${listOf(RETURN_STATES)})`),
    check('returns_reason_known', sql`${table.reason} in (${listOf(RETURN_REASONS)})`),
    check('returns_note_short', sql`length(${table.note}) <= ${sql.raw(String(RETURN_NOTE_MAX))}`),
    check('returns_answer_short', sql`length(${table.answer}) <= ${sql.raw(String(RETURN_ANSWER_MAX))}`),
    check('returns_answered_has_time', sql`(${table.state} = 'requested') = (${table.answeredAt} is null)`),
    check('returns_refused_says_why', sql`${table.state} <> 'refused' or ${table.answer} <> ''`),
    check(
      'returns_received_has_time',
      sql`${table.state} not in ('received','refunded') or ${table.receivedAt} is not null`,
    ),
    check('returns_refunded_has_refund', sql`(${table.state} = 'refunded') = (${table.refundId} is not null)`),
    index('returns_by_order').on(table.orderId),
    index('returns_by_state').on(table.state, table.askedAt),
  ],
)

/** Which pieces, and what was found when they arrived. No more come back than were sent: a trigger counts. */
export const returnItems = pgTable(
  'return_items',
  {
    returnId: uuid().notNull(),
    orderId: uuid().notNull(),
    position: smallint().notNull(),
    quantity: integer().notNull(),
    receivedQuantity: integer(),
    condition: text({ enum: CONDITIONS }),
    restock: boolean(),
  },
  (table) => [
    primaryKey({ columns: [table.returnId, table.position] }),
    foreignKey({
      name: 'return_items_of_return',
      columns: [table.returnId, table.orderId],
      foreignColumns: [returns.id, returns.orderId],
    }),
    foreignKey({
      name: 'return_items_of_order',
      columns: [table.orderId, table.position],
      foreignColumns: [orderItems.orderId, orderItems.position],
    }),
    check('return_items_quantity_positive', sql`${table.quantity} > 0`),
    check('return_items_received_within', sql`${table.receivedQuantity} between 0 and ${table.quantity}`),
    check(
      'return_items_received_whole',
      sql`num_nonnulls(${table.receivedQuantity}, ${table.condition}, ${table.restock}) in (0, 3)`,
    ),
    check('return_items_condition_known', sql`${table.condition} in (${listOf(CONDITIONS)})`),
    index('return_items_by_item').on(table.orderId, table.position),
  ],
)
