import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

import type { InvoiceContent, PaperBuyer } from '@/lib/domain/invoice'
import type { CreditNoteContent } from '@/lib/domain/credit-note'

import { orders } from './orders'
import { refunds } from './refunds'

/**
 * The last number of each series. Only the insert of a paper moves it, in the same transaction, and holds the row until its end:
 * there is no number without its paper and none is given twice. A sequence would leave a gap at each transaction that fails.
 */
export const paperSeries = pgTable('paper_series', {
  series: text({ enum: ['invoice', 'credit_note'] }).primaryKey(),
  last: integer().notNull().default(0),
})

/** Orders and refunds that wait for their paper. Triggers write the rows, so that none can be forgotten. */
export const papersDue = pgTable(
  'papers_due',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    orderId: uuid()
      .unique('papers_due_one_per_order')
      .references(() => orders.id),
    refundId: uuid()
      .unique('papers_due_one_per_refund')
      .references(() => refunds.id),
    availableAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Why it was not given at the last look: one of PAPER_ISSUES. */
    lastIssue: text(),
  },
  (table) => [
    check('papers_due_for_one_thing', sql`num_nonnulls(${table.orderId}, ${table.refundId}) = 1`),
    index('papers_due_in_trouble')
      .on(table.lastIssue)
      .where(sql`last_issue is not null`),
  ],
)

/** One for each order, frozen: what is needed to print it again just as it was. A trigger lets only the buyer be erased. */
export const invoices = pgTable(
  'invoices',
  {
    /** Follows the last one; a trigger refuses any other. */
    number: integer().primaryKey(),
    orderId: uuid()
      .notNull()
      .unique('invoices_one_per_order')
      .references(() => orders.id),
    /** By the clock rather than by the transaction, so that numbers and dates rise together. */
    issuedAt: timestamp({ withTimezone: true })
      .notNull()
      .default(sql`clock_timestamp()`),
    content: jsonb().$type<InvoiceContent>().notNull(),
    buyer: jsonb().$type<PaperBuyer>().notNull(),
  },
  (table) => [check('invoices_number_positive', sql`${table.number} > 0`)],
)

/** One for each refund of an invoiced order, in a series of its own, and it names the invoice that it corrects. */
export const creditNotes = pgTable(
  'credit_notes',
  {
    number: integer().primaryKey(),
    refundId: uuid()
      .notNull()
      .unique('credit_notes_one_per_refund')
      .references(() => refunds.id),
    invoiceNumber: integer()
      .notNull()
      .references(() => invoices.number),
    issuedAt: timestamp({ withTimezone: true })
      .notNull()
      .default(sql`clock_timestamp()`),
    content: jsonb().$type<CreditNoteContent>().notNull(),
    buyer: jsonb().$type<PaperBuyer>().notNull(),
  },
  (table) => [
    check('credit_notes_number_positive', sql`${table.number} > 0`),
    index('credit_notes_of_invoice').on(table.invoiceNumber),
  ],
)
