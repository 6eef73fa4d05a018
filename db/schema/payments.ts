import { sql } from 'drizzle-orm'
import {
  bigint,
  char,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

import type { AskedAs, AttemptSnapshot } from '@/lib/domain/attempt-snapshot'
import { ATTEMPT_STATES, CLOSE_REASONS } from '@/lib/domain/payment'

import { stock } from './catalog'
import { members } from './members'

/**
 * One row for each try to pay a cart, written before PayPal hears of it. The row is the work queue: whatever is
 * unfinished has a `next_action_at`, so nothing can be forgotten.
 */
export const paymentAttempts = pgTable(
  'payment_attempts',
  {
    id: uuid().primaryKey(),
    cartId: uuid().notNull(),
    /** SHA-256 of the key in the buyer's sealed cookie: only that browser may drive the attempt. */
    buyerKeyHash: text().notNull(),
    /** Who was signed in: the order will be theirs, whoever places it. */
    memberId: uuid().references(() => members.id, { onDelete: 'set null' }),
    amountMinor: bigint({ mode: 'number' }).notNull(),
    currency: char({ length: 3 }).notNull(),
    /** The frozen, priced cart with address and e-mail: all that an order needs, without any session. */
    snapshot: jsonb().$type<AttemptSnapshot>().notNull(),
    /** SHA-256 of the snapshot: an unchanged cart gets the same PayPal order back. */
    fingerprint: text().notNull(),
    state: text({ enum: ATTEMPT_STATES }).notNull(),
    /** Set by a trigger. */
    stateSince: timestamp({ withTimezone: true }).notNull().defaultNow(),
    closeReason: text({ enum: CLOSE_REASONS }),
    paypalOrderId: text().unique('payment_attempts_one_per_paypal_order'),
    approveUrl: text(),
    /** What else than the snapshot PayPal was asked with: kept, because a request key must never come with another body. */
    askedAs: jsonb().$type<AskedAs>(),
    /** The capture that PayPal had not decided on when it was last looked at: its order may not be shown as long. */
    pendingCaptureId: text(),
    /** Part of the capture's request key; grows after a decline, because an old key replays the refusal. */
    captureSeq: smallint().notNull().default(0),
    /** The last decline: only an approval after it is the buyer's wish to try again. */
    declinedAt: timestamp({ withTimezone: true }),
    holdExpiresAt: timestamp({ withTimezone: true }).notNull(),
    tries: integer().notNull().default(0),
    nextActionAt: timestamp({ withTimezone: true }),
    /** A closed attempt is still looked at until then: a lost request may yet have had its effect. */
    watchUntil: timestamp({ withTimezone: true }),
    lastIssue: text(),
    /** Since when every look at it has ended in an error of our own; null when the last one has not. */
    failingSince: timestamp({ withTimezone: true }),
    /** From then on the snapshot tells nobody who it was: no order can come of it any more. */
    erasedAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check('payment_attempts_amount_positive', sql`${table.amountMinor} > 0`),
    check(
      'payment_attempts_state_known',
      sql`${table.state} in ('creating','created','capturing','pending','completed','closed','refunding','refunded','review')`,
    ),
    check(
      'payment_attempts_paypal_order_known',
      // Of two payments through one PayPal order, the one that goes back has none to itself.
      sql`${table.state} in ('creating','closed','refunding','refunded','review') or ${table.paypalOrderId} is not null`,
    ),
    check(
      'payment_attempts_unfinished_is_scheduled',
      sql`${table.state} in ('completed','closed','refunded','review') or ${table.nextActionAt} is not null`,
    ),
    check('payment_attempts_close_has_reason', sql`(${table.state} = 'closed') <= (${table.closeReason} is not null)`),
    unique('payment_attempts_identity').on(table.id, table.cartId, table.amountMinor, table.currency),
    uniqueIndex('payment_attempts_one_live_per_cart')
      .on(table.cartId)
      .where(sql`state in ('creating','created','capturing','pending')`),
    uniqueIndex('payment_attempts_one_paid_per_cart')
      .on(table.cartId)
      .where(sql`state = 'completed'`),
    index('payment_attempts_of_member').on(table.memberId),
    index('payment_attempts_of_guest_email')
      .on(sql`(${table.snapshot} ->> 'email')`)
      .where(sql`member_id is null`),
    index('payment_attempts_begun').on(table.createdAt),
    index('payment_attempts_due')
      .on(table.nextActionAt)
      .where(sql`next_action_at is not null`),
    index('payment_attempts_due_first')
      .on(table.nextActionAt)
      .where(sql`next_action_at is not null and state <> 'closed'`),
    index('payment_attempts_to_erase')
      .on(table.updatedAt)
      .where(sql`state = 'closed' and erased_at is null`),
  ],
)

export const stockHolds = pgTable(
  'stock_holds',
  {
    attemptId: uuid()
      .notNull()
      .references(() => paymentAttempts.id),
    variantId: integer()
      .notNull()
      .references(() => stock.variantId),
    quantity: integer().notNull(),
    state: text({ enum: ['held', 'consumed', 'released'] }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.attemptId, table.variantId] }),
    check('stock_holds_quantity_positive', sql`${table.quantity} > 0`),
    check('stock_holds_state_known', sql`${table.state} in ('held','consumed','released')`),
    index('stock_holds_held')
      .on(table.variantId)
      .where(sql`state = 'held'`),
  ],
)

/** Money that PayPal holds, written only from PayPal's own answer. At commit it has exactly one disposition. */
export const paymentCaptures = pgTable(
  'payment_captures',
  {
    paypalCaptureId: text().primaryKey(),
    attemptId: uuid()
      .notNull()
      .unique('payment_captures_one_per_attempt')
      .references(() => paymentAttempts.id),
    amountMinor: bigint({ mode: 'number' }).notNull(),
    currency: char({ length: 3 }).notNull(),
    feeMinor: bigint({ mode: 'number' }),
    recordedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check('payment_captures_amount_positive', sql`${table.amountMinor} > 0`),
    index('payment_captures_newest').on(table.recordedAt),
    unique('payment_captures_identity').on(table.paypalCaptureId, table.attemptId, table.amountMinor, table.currency),
  ],
)
