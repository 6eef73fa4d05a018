import { sql } from 'drizzle-orm'
import {
  bigint,
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

import type { OrderEventData, OrderEventKind } from '@/lib/domain/order-event'

import { orderItems, orders } from './orders'

/** A parcel that has left. PayPal is told of it by the worker. */
export const shipments = pgTable(
  'shipments',
  {
    id: uuid().primaryKey(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    /** PayPal's code for the carrier, or OTHER. */
    carrierCode: text().notNull(),
    carrier: text().notNull(),
    trackingNumber: text(),
    shippedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** When PayPal is to be told; null once it has been, or there is no number to tell. */
    tellPaypalAt: timestamp({ withTimezone: true }),
    toldPaypalAt: timestamp({ withTimezone: true }),
    tries: integer().notNull().default(0),
    lastIssue: text(),
    /** How often what PayPal is to be told was changed or asked for again: an answer about an earlier one says nothing any more. */
    telling: integer().notNull().default(0),
    /** Numbers that PayPal may have been told and that were wrong. */
    wrongNumbers: text()
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
  },
  (table) => [
    unique('shipments_of_order').on(table.id, table.orderId),
    index('shipments_by_order').on(table.orderId),
    index('shipments_by_number').on(table.trackingNumber),
    index('shipments_to_tell')
      .on(table.tellPaypalAt)
      .where(sql`tell_paypal_at is not null`),
    // Those that PayPal refused, or did not answer often enough: few, and they wait for a person.
    index('shipments_given_up')
      .on(table.shippedAt)
      .where(sql`tracking_number is not null and tell_paypal_at is null and told_paypal_at is null`),
    check('shipments_told_once', sql`${table.toldPaypalAt} is null or ${table.tellPaypalAt} is null`),
  ],
)

/** What is in a parcel. The database refuses more pieces than were bought (0011). */
export const shipmentItems = pgTable(
  'shipment_items',
  {
    shipmentId: uuid().notNull(),
    orderId: uuid().notNull(),
    position: smallint().notNull(),
    quantity: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shipmentId, table.position] }),
    foreignKey({
      name: 'shipment_items_of_shipment',
      columns: [table.shipmentId, table.orderId],
      foreignColumns: [shipments.id, shipments.orderId],
    }),
    foreignKey({
      name: 'shipment_items_of_order',
      columns: [table.orderId, table.position],
      foreignColumns: [orderItems.orderId, orderItems.position],
    }),
    check('shipment_items_quantity_positive', sql`${table.quantity} > 0`),
    index('shipment_items_by_item').on(table.orderId, table.position),
  ],
)

/** What staff have done to an order, and their notes. What happened with its money is in the books. */
export const orderEvents = pgTable(
  'order_events',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    kind: text().$type<OrderEventKind>().notNull(),
    actorEmail: text().notNull(),
    data: jsonb().$type<OrderEventData>().notNull().default({}),
  },
  (table) => [index('order_events_of_order').on(table.orderId, table.id)],
)
