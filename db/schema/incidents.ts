import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  char,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

import { INCIDENT_KINDS, INCIDENT_RESOLUTIONS } from '@/lib/domain/payment-incident'

import { orders } from './orders'
import { paymentAttempts } from './payments'

const kinds = sql.raw(INCIDENT_KINDS.map((kind) => `'${kind}'`).join(','))
const resolutions = sql.raw(INCIDENT_RESOLUTIONS.map((resolution) => `'${resolution}'`).join(','))

/** Something about money that a person must decide, with what they need to decide it. One row for one thing: `key`. */
export const paymentIncidents = pgTable(
  'payment_incidents',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** What it is about, such as `money_without_order:8AB…`: the same finding is never raised twice. */
    key: text().notNull().unique('payment_incidents_one_per_finding'),
    kind: text({ enum: INCIDENT_KINDS }).notNull(),
    paypalCaptureId: text(),
    paypalOrderId: text(),
    attemptId: uuid().references(() => paymentAttempts.id),
    orderId: uuid().references(() => orders.id),
    amountMinor: bigint({ mode: 'number' }),
    currency: char({ length: 3 }),
    details: jsonb().$type<Record<string, string | number | boolean | null>>().notNull().default({}),
    openedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    lastSeenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    resolution: text({ enum: INCIDENT_RESOLUTIONS }),
    resolutionNote: text().notNull().default(''),
    resolvedBy: text(),
    resolvedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    check('payment_incidents_kind_known', sql`${table.kind} in (${kinds})`),
    check(
      'payment_incidents_resolution_known',
      sql`${table.resolution} is null or ${table.resolution} in (${resolutions})`,
    ),
    check(
      'payment_incidents_resolved_by_somebody',
      sql`(${table.resolution} is null) = (${table.resolvedAt} is null) and (${table.resolution} is null) = (${table.resolvedBy} is null)`,
    ),
    check(
      'payment_incidents_ignored_has_reason',
      sql`${table.resolution} is distinct from 'ignored' or length(${table.resolutionNote}) > 0`,
    ),
    index('payment_incidents_open')
      .on(table.openedAt.desc())
      .where(sql`resolved_at is null`),
  ],
)

/** A comparison of our captures and refunds with PayPal's transaction list. One runs at a time, whichever process it is in. */
export const reconciliationRuns = pgTable(
  'reconciliation_runs',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Begun by the worker: the next night goes on where the last one ended. */
    nightly: boolean().notNull().default(false),
    /** Who asked for it in the back office. */
    requestedBy: text(),
    /** The span of PayPal's list that was compared. */
    spanFrom: timestamp({ withTimezone: true }).notNull(),
    spanTo: timestamp({ withTimezone: true }).notNull(),
    startedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** A run that has not been heard of until then is dead. */
    leaseUntil: timestamp({ withTimezone: true }).notNull(),
    finishedAt: timestamp({ withTimezone: true }),
    transactionsSeen: integer().notNull().default(0),
    rowsSeen: integer().notNull().default(0),
    repaired: integer().notNull().default(0),
    incidentsRaised: integer().notNull().default(0),
    /** Differences about which PayPal gave no answer: the next run meets them again. */
    unclear: integer().notNull().default(0),
    failure: text(),
  },
  (table) => [
    uniqueIndex('reconciliation_runs_one_at_a_time')
      .on(sql`(finished_at is null)`)
      .where(sql`finished_at is null`),
    index('reconciliation_runs_newest').on(table.startedAt.desc()),
  ],
)

/** One row while somebody waits for a comparison: the worker makes it, and takes the row away when it is over. */
export const reconciliationRequests = pgTable(
  'reconciliation_requests',
  {
    id: boolean().primaryKey().default(true),
    requestedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    requestedBy: text().notNull(),
    /** So many days back from when it begins. */
    days: integer().notNull(),
  },
  (table) => [
    check('reconciliation_requests_one_row', sql`${table.id}`),
    check('reconciliation_requests_days_sane', sql`${table.days} between 1 and 1095`),
  ],
)

/** The last look at each invariant of db/queries/invariants.ts. */
export const invariantChecks = pgTable('invariant_checks', {
  invariant: text().primaryKey(),
  rowsSeen: bigint({ mode: 'number' }).notNull(),
  violations: integer().notNull(),
  checkedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
})
