import { sql } from 'drizzle-orm'
import { bigint, char, check, index, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core'

import { ACCOUNTS, JOURNAL_KINDS } from '@/lib/domain/journal'

const accounts = sql.raw(ACCOUNTS.map((account) => `'${account}'`).join(','))
const kinds = sql.raw(JOURNAL_KINDS.map((kind) => `'${kind}'`).join(','))

/** One movement of money, booked once: `ref` is PayPal's id of it. Triggers refuse changes, and entries that do not balance. */
export const journalEntries = pgTable(
  'journal_entries',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text({ enum: JOURNAL_KINDS }).notNull(),
    ref: text().notNull(),
    bookedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check('journal_entries_kind_known', sql`${table.kind} in (${kinds})`),
    unique('journal_entries_booked_once').on(table.kind, table.ref),
    index('journal_entries_newest').on(table.bookedAt.desc()),
  ],
)

/** Minor units; a debit is positive, a credit negative, and the postings of an entry add up to zero. */
export const journalPostings = pgTable(
  'journal_postings',
  {
    entryId: bigint({ mode: 'number' })
      .notNull()
      .references(() => journalEntries.id),
    account: text({ enum: ACCOUNTS }).notNull(),
    amountMinor: bigint({ mode: 'number' }).notNull(),
    currency: char({ length: 3 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.entryId, table.account, table.currency] }),
    check('journal_postings_account_known', sql`${table.account} in (${accounts})`),
    check('journal_postings_not_zero', sql`${table.amountMinor} <> 0`),
    index('journal_postings_by_account').on(table.account, table.currency),
  ],
)
