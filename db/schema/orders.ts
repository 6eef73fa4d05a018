import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'
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
  uuid,
} from 'drizzle-orm/pg-core'

import type { Picture } from '@/lib/domain/catalog'
import type { AppliedDiscount } from '@/lib/domain/discount'
import { ORDER_STATES } from '@/lib/domain/order'

import { members } from './members'
import { paymentAttempts, paymentCaptures } from './payments'

/** The day, in UTC, of an order: by it, indexes are read from the newest day to the oldest. Their expression is exactly this. */
export const dayOf = (time: SQLWrapper): SQL<string> => sql`((${time} at time zone 'UTC')::date)`

/** Exists if and only if PayPal holds the money: both foreign keys carry the amount. There is no unpaid state. */
export const orders = pgTable(
  'orders',
  {
    id: uuid().primaryKey(),
    orderNumber: text().notNull().unique('orders_order_number_unique'),
    cartId: uuid().notNull().unique('orders_one_per_cart'),
    attemptId: uuid().notNull().unique('orders_one_per_payment_attempt'),
    paypalCaptureId: text().notNull().unique('orders_one_per_capture'),
    buyerKeyHash: text().notNull(),
    /** Whose account shows it; null for a guest's, and once the account is gone. */
    memberId: uuid().references(() => members.id, { onDelete: 'set null' }),
    state: text({ enum: ORDER_STATES }).notNull().default('created'),
    email: text().notNull(),
    addressName: text().notNull(),
    addressLine1: text().notNull(),
    addressLine2: text().notNull(),
    addressCity: text().notNull(),
    addressRegion: text().notNull(),
    addressPostalCode: text().notNull(),
    addressCountry: char({ length: 2 }).notNull(),
    deliveryName: text().notNull(),
    deliveryEstimate: text().notNull(),
    itemsMinor: bigint({ mode: 'number' }).notNull(),
    /** What was taken off, by name, as it was then. */
    discounts: jsonb().$type<AppliedDiscount[]>().notNull().default([]),
    discountMinor: bigint({ mode: 'number' }).notNull(),
    deliveryMinor: bigint({ mode: 'number' }).notNull(),
    taxMinor: bigint({ mode: 'number' }).notNull(),
    taxIncluded: boolean().notNull(),
    taxLabel: text(),
    totalMinor: bigint({ mode: 'number' }).notNull(),
    currency: char({ length: 3 }).notNull(),
    placedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    deliveredAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    foreignKey({
      name: 'orders_are_their_attempt',
      columns: [table.attemptId, table.cartId, table.totalMinor, table.currency],
      foreignColumns: [
        paymentAttempts.id,
        paymentAttempts.cartId,
        paymentAttempts.amountMinor,
        paymentAttempts.currency,
      ],
    }),
    foreignKey({
      name: 'orders_are_their_capture',
      columns: [table.paypalCaptureId, table.attemptId, table.totalMinor, table.currency],
      foreignColumns: [
        paymentCaptures.paypalCaptureId,
        paymentCaptures.attemptId,
        paymentCaptures.amountMinor,
        paymentCaptures.currency,
      ],
    }),
    check(
      'orders_state_known',
      sql`${table.state} in ('created','processing','partly_shipped','shipped','delivered','cancelled','returned')`,
    ),
    check(
      'orders_parts_add_up',
      sql`${table.totalMinor} = ${table.itemsMinor} - ${table.discountMinor} + ${table.deliveryMinor} + case when ${table.taxIncluded} then 0 else ${table.taxMinor} end`,
    ),
    check(
      'orders_parts_not_negative',
      sql`${table.itemsMinor} >= 0 and ${table.discountMinor} >= 0 and ${table.deliveryMinor} >= 0 and ${table.taxMinor} >= 0`,
    ),
    check(
      'orders_delivered_has_time',
      sql`case when ${table.state} = 'returned' then true else (${table.state} = 'delivered') = (${table.deliveredAt} is not null) end`,
    ),
    index('orders_newest').on(table.placedAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('orders_by_total').on(table.totalMinor, table.id),
    index('orders_by_state').on(table.state, table.placedAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('orders_by_email').on(sql`${table.email} text_pattern_ops`),
    index('orders_by_name').on(sql`lower(${table.addressName}) text_pattern_ops`),
    // By the last word, which is what most people are looked for by.
    index('orders_by_family_name').on(sql`lower(regexp_replace(${table.addressName}, '^.* ', '')) text_pattern_ops`),
    // What many orders begin with is met day by day: as many of a day as are like it, and none of the others between.
    index('orders_of_day_by_email').on(dayOf(table.placedAt), sql`${table.email} text_pattern_ops`),
    index('orders_of_day_by_name').on(dayOf(table.placedAt), sql`lower(${table.addressName}) text_pattern_ops`),
    index('orders_of_day_by_family_name').on(
      dayOf(table.placedAt),
      sql`lower(regexp_replace(${table.addressName}, '^.* ', '')) text_pattern_ops`,
    ),
    index('orders_by_country').on(
      table.addressCountry,
      table.placedAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index('orders_of_member').on(table.memberId, table.placedAt.desc()),
    // By characters, so that guests can be walked from one address to the next and found by how theirs begins.
    index('orders_of_guest_email')
      .on(sql`${table.email} text_pattern_ops`, table.placedAt.desc().nullsFirst())
      .where(sql`member_id is null`),
  ],
)

/** What was bought, as it was then: later edits of the catalogue do not reach it. */
export const orderItems = pgTable(
  'order_items',
  {
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    position: smallint().notNull(),
    /** For buying again; the variant may be gone by then, so this is no foreign key. */
    variantId: integer().notNull(),
    productName: text().notNull(),
    productSlug: text().notNull(),
    sku: text().notNull(),
    options: jsonb().$type<{ name: string; value: string }[]>().notNull(),
    picture: jsonb().$type<Picture>(),
    unitPriceMinor: bigint({ mode: 'number' }).notNull(),
    quantity: integer().notNull(),
    lineTotalMinor: bigint({ mode: 'number' }).notNull(),
    /** Of its order, whatever is written here: so that the newest of an article are found without looking at the others. */
    placedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.position] }),
    // However it is written: a SKU keeps the letters that it was given.
    index('order_items_by_sku').on(sql`lower(${table.sku})`, table.placedAt, table.orderId),
    unique('order_items_one_per_variant').on(table.orderId, table.variantId),
    check('order_items_quantity_positive', sql`${table.quantity} > 0`),
    check('order_items_line_adds_up', sql`${table.lineTotalMinor} = ${table.unitPriceMinor} * ${table.quantity}`),
  ],
)

/** Things to do after a commit, written inside it: what must happen is a row before it is an action. */
export const outbox = pgTable(
  'outbox',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    topic: text({ enum: ['catalogue_changed'] }).notNull(),
    payload: jsonb().$type<{ productSlugs: string[] }>().notNull(),
    tries: integer().notNull().default(0),
    availableAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    doneAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    index('outbox_due')
      .on(table.availableAt)
      .where(sql`done_at is null`),
  ],
)
