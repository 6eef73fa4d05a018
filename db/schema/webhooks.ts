import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

export const EVENT_SOURCES = ['delivered', 'caught_up'] as const

/**
 * The inbox: every verified event once, stored before PayPal hears 200. A body is only a hint of what to look at; the ids
 * in it are kept beside it. An event that is not done has a time at which it is looked at again.
 */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    /** PayPal's `WH-…`. */
    id: text().primaryKey(),
    eventType: text().notNull(),
    resourceId: text(),
    paypalOrderId: text(),
    paypalCaptureId: text(),
    /** The characters as they came, for support; emptied after three months, because they tell who bought. */
    body: text().notNull(),
    /** When it happened, by PayPal's clock; null when the event does not say. */
    occurredAt: timestamp({ withTimezone: true }),
    transmittedAt: timestamp({ withTimezone: true }).notNull(),
    /** `delivered` to our door, or found when PayPal was asked what has happened: then its delivery was lost, or is late. */
    source: text({ enum: EVENT_SOURCES }).notNull().default('delivered'),
    receivedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    doneAt: timestamp({ withTimezone: true }),
    tries: integer().notNull().default(0),
    nextActionAt: timestamp({ withTimezone: true }),
    lastIssue: text(),
  },
  (table) => [
    check('webhook_events_source_known', sql`${table.source} in ('delivered','caught_up')`),
    check('webhook_events_undone_is_scheduled', sql`${table.doneAt} is not null or ${table.nextActionAt} is not null`),
    index('webhook_events_newest').on(table.receivedAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('webhook_events_by_type').on(
      table.eventType,
      table.receivedAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index('webhook_events_waiting')
      .on(table.receivedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`done_at is null`),
    index('webhook_events_delivered')
      .on(table.receivedAt.desc().nullsFirst())
      .where(sql`source = 'delivered'`),
    index('webhook_events_about_resource').on(table.resourceId),
    index('webhook_events_about_order').on(table.paypalOrderId),
    index('webhook_events_about_capture').on(table.paypalCaptureId),
    index('webhook_events_due')
      .on(table.nextActionAt)
      .where(sql`done_at is null`),
  ],
)

/** One row: up to when PayPal has been asked for events that did not arrive, and when somebody last did so. */
export const webhookCatchUps = pgTable(
  'webhook_catch_ups',
  {
    id: boolean().primaryKey().default(true),
    caughtUpTo: timestamp({ withTimezone: true }).notNull(),
    turnAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [check('webhook_catch_ups_one_row', sql`${table.id}`)],
)
