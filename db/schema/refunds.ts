import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  char,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

import { AUTOMATIC_REFUND_REASONS, REFUND_REASONS, REFUND_STATES } from '@/lib/domain/refund'

import { orderItems, orders } from './orders'
import { paymentCaptures } from './payments'

const automatic = sql.raw(AUTOMATIC_REFUND_REASONS.map((reason) => `'${reason}'`).join(','))
const reasons = sql.raw(REFUND_REASONS.map((reason) => `'${reason}'`).join(','))
const states = sql.raw(REFUND_STATES.map((state) => `'${state}'`).join(','))

/**
 * Money on its way back. The row is written before PayPal is called; its id is the request key and travels as the refund's
 * `custom_id`, so that PayPal's own list shows which refunds are ours. A trigger refuses more than was captured.
 */
export const refunds = pgTable(
  'refunds',
  {
    id: uuid().primaryKey(),
    paypalCaptureId: text()
      .notNull()
      .references(() => paymentCaptures.paypalCaptureId),
    /** Null when the capture never became an order. */
    orderId: uuid().references(() => orders.id),
    amountMinor: bigint({ mode: 'number' }).notNull(),
    /** How much of it is the order's delivery charge. */
    deliveryMinor: bigint({ mode: 'number' }).notNull().default(0),
    currency: char({ length: 3 }).notNull(),
    reason: text({ enum: REFUND_REASONS }).notNull(),
    state: text({ enum: REFUND_STATES }).notNull(),
    /** Set by a trigger. */
    stateSince: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Shown to the buyer by PayPal; at most 255 characters. */
    noteToPayer: text().notNull().default(''),
    paypalRefundId: text().unique('refunds_one_per_paypal_refund'),
    /** For all that was left, and no other amount: when less is left, it sends that. */
    isRest: boolean().notNull().default(false),
    /** How much of what a bank took has come again, by `refund_returns`; that counts as refunded no more. */
    returnedMinor: bigint({ mode: 'number' }).notNull().default(0),
    /** How often it has been taken up again after a definite no; part of its request key. */
    sendSeq: integer().notNull().default(0),
    tries: integer().notNull().default(0),
    nextActionAt: timestamp({ withTimezone: true }),
    lastIssue: text(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    completedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    check('refunds_amount_positive', sql`${table.amountMinor} > 0`),
    check('refunds_delivery_within_amount', sql`${table.deliveryMinor} between 0 and ${table.amountMinor}`),
    check('refunds_state_known', sql`${table.state} in (${states})`),
    check('refunds_reason_known', sql`${table.reason} in (${reasons})`),
    check(
      'refunds_unfinished_is_scheduled',
      sql`${table.state} in ('completed','failed') or ${table.nextActionAt} is not null`,
    ),
    check(
      'refunds_sent_has_paypal_refund',
      sql`${table.state} not in ('sent','completed') or ${table.paypalRefundId} is not null`,
    ),
    check('refunds_completed_has_time', sql`(${table.state} = 'completed') = (${table.completedAt} is not null)`),
    check(
      // Until migration 46 an automatic refund could stand for one.
      'refunds_returned_was_reversal',
      sql`${table.returnedMinor} = 0 or (${table.reason} in ('reversal', ${automatic}) and ${table.state} = 'completed')`,
    ),
    check('refunds_returned_within_amount', sql`${table.returnedMinor} between 0 and ${table.amountMinor}`),
    check('refunds_note_short', sql`length(${table.noteToPayer}) <= 255`),
    uniqueIndex('refunds_one_automatic_per_capture')
      .on(table.paypalCaptureId)
      .where(sql`reason in (${automatic})`),
    index('refunds_by_capture').on(table.paypalCaptureId),
    index('refunds_by_order').on(table.orderId),
    index('refunds_completed')
      .on(table.completedAt)
      .where(sql`state = 'completed'`),
    index('refunds_due')
      .on(table.nextActionAt)
      .where(sql`next_action_at is not null`),
  ],
)

/** Which items a refund is for, and how many of them go back on the shelf once it is complete. */
export const refundItems = pgTable(
  'refund_items',
  {
    refundId: uuid()
      .notNull()
      .references(() => refunds.id),
    orderId: uuid().notNull(),
    position: smallint().notNull(),
    quantity: integer().notNull(),
    amountMinor: bigint({ mode: 'number' }).notNull(),
    restock: boolean().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.refundId, table.position] }),
    foreignKey({
      name: 'refund_items_of_order',
      columns: [table.orderId, table.position],
      foreignColumns: [orderItems.orderId, orderItems.position],
    }),
    check('refund_items_quantity_positive', sql`${table.quantity} > 0`),
    check('refund_items_amount_not_negative', sql`${table.amountMinor} >= 0`),
    index('refund_items_by_order').on(table.orderId, table.position),
  ],
)

/** Money that a bank took and has given back, in whichever portions: what of one movement at PayPal belongs to one reversal. */
export const refundReturns = pgTable(
  'refund_returns',
  {
    refundId: uuid()
      .notNull()
      .references(() => refunds.id),
    /** PayPal's id of the movement. */
    transactionId: text().notNull(),
    amountMinor: bigint({ mode: 'number' }).notNull(),
    bookedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.transactionId, table.refundId] }),
    check('refund_returns_amount_positive', sql`${table.amountMinor} > 0`),
    index('refund_returns_by_refund').on(table.refundId),
  ],
)
