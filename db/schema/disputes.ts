import { sql } from 'drizzle-orm'
import { bigint, char, check, index, pgTable, text, timestamp, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'

import { HOLD_KINDS } from '@/lib/domain/order-hold'

import { orders } from './orders'

/** A dispute as PayPal shows it, fetched and never taken from a webhook's body. `id` is PayPal's. */
export const disputes = pgTable(
  'disputes',
  {
    id: text().primaryKey(),
    /** Not a foreign key: PayPal may dispute a payment that we do not know. */
    paypalCaptureId: text(),
    orderId: uuid().references(() => orders.id),
    reason: text().notNull(),
    /** PayPal's words: OPEN, WAITING_FOR_BUYER_RESPONSE, WAITING_FOR_SELLER_RESPONSE, UNDER_REVIEW, RESOLVED, OTHER. */
    status: text().notNull(),
    stage: text(),
    outcome: text(),
    amountMinor: bigint({ mode: 'number' }),
    currency: char({ length: 3 }),
    sellerResponseDueAt: timestamp({ withTimezone: true }),
    openedAt: timestamp({ withTimezone: true }).notNull(),
    resolvedAt: timestamp({ withTimezone: true }),
    /** By PayPal's clock: what was fetched earlier does not replace what was fetched later. */
    paypalUpdatedAt: timestamp({ withTimezone: true }),
    seenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check('disputes_resolved_has_time', sql`(${table.status} = 'RESOLVED') = (${table.resolvedAt} is not null)`),
    index('disputes_by_order').on(table.orderId),
    index('disputes_by_deadline')
      .on(table.sellerResponseDueAt)
      .where(sql`status <> 'RESOLVED'`),
  ],
)

/** Why an order must not be fulfilled now. A trigger refuses to move an order on while a hold is open. */
export const orderHolds = pgTable(
  'order_holds',
  {
    id: uuid().primaryKey().defaultRandom(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    kind: text({ enum: HOLD_KINDS }).notNull(),
    /** What put it there: the dispute's id, say. */
    ref: text().notNull(),
    placedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    releasedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    check('order_holds_kind_known', sql`${table.kind} in ('dispute','reversal','unpaid','manual')`),
    unique('order_holds_one_per_cause').on(table.orderId, table.kind, table.ref),
    uniqueIndex('order_holds_open')
      .on(table.orderId, table.kind, table.ref)
      .where(sql`released_at is null`),
  ],
)
