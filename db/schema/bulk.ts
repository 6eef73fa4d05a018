import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

import { BULK_KINDS, BULK_ROW_STATES } from '@/lib/domain/bulk'

import { members } from './members'

const listOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(','))

/**
 * An act on many orders. It is a row with rows, and the worker goes through them: a restart in the middle loses nothing, and what is
 * done is not done again.
 */
export const bulkJobs = pgTable(
  'bulk_jobs',
  {
    /** Made by the form, so that sending it twice is one job. */
    id: uuid().primaryKey(),
    kind: text({ enum: BULK_KINDS }).notNull(),
    /** Whose job it is: the worker acts for them, as long as they may. */
    memberId: uuid()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    network: text(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Null while it is only looked at. */
    startedAt: timestamp({ withTimezone: true }),
    finishedAt: timestamp({ withTimezone: true }),
    /** Whichever worker goes through it has until then. */
    leaseUntil: timestamp({ withTimezone: true }),
  },
  (table) => [
    check('bulk_jobs_kind_known', sql`${table.kind} in (${listOf(BULK_KINDS)})`),
    check('bulk_jobs_finish_after_start', sql`${table.finishedAt} is null or ${table.startedAt} is not null`),
    index('bulk_jobs_under_way')
      .on(table.startedAt)
      .where(sql`started_at is not null and finished_at is null`),
    index('bulk_jobs_newest').on(table.memberId, table.createdAt.desc()),
  ],
)

/** One order of a job, and what came of it. */
export const bulkRows = pgTable(
  'bulk_rows',
  {
    jobId: uuid()
      .notNull()
      .references(() => bulkJobs.id, { onDelete: 'cascade' }),
    position: smallint().notNull(),
    orderNumber: text().notNull(),
    carrier: text().notNull(),
    trackingNumber: text(),
    /** The parcel's id, before there is one: however often its turn comes, it is one parcel. */
    shipmentId: uuid().notNull().unique('bulk_rows_one_per_shipment'),
    state: text({ enum: BULK_ROW_STATES }).notNull(),
    /** Why not. */
    note: text().notNull().default(''),
    doneAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.position] }),
    check('bulk_rows_state_known', sql`${table.state} in (${listOf(BULK_ROW_STATES)})`),
    check('bulk_rows_done_has_time', sql`(${table.state} in ('done','failed')) = (${table.doneAt} is not null)`),
    check('bulk_rows_not_done_says_why', sql`${table.state} not in ('wrong','failed') or ${table.note} <> ''`),
    uniqueIndex('bulk_rows_one_per_order')
      .on(table.jobId, table.orderNumber)
      .where(sql`state <> 'wrong'`),
  ],
)

/** A filter of the orders' list that somebody wants to come back to. */
export const savedViews = pgTable(
  'saved_views',
  {
    id: uuid().primaryKey(),
    memberId: uuid()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** The query of the list's address, as lib/domain/order-filter.ts writes it. */
    query: text().notNull(),
    /** Whether everybody who works here sees it. */
    shared: boolean().notNull().default(false),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique('saved_views_one_per_name').on(table.memberId, table.name),
    check('saved_views_name_short', sql`length(${table.name}) between 1 and 40`),
    check('saved_views_query_short', sql`length(${table.query}) <= 1000`),
    index('saved_views_shared')
      .on(table.createdAt)
      .where(sql`shared`),
  ],
)
