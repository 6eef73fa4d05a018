import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'

import { IMPORT_STATES, type RowChange } from '@/lib/domain/catalogue-import'

/** A file that somebody has sent, from being looked at to being applied. It stays, with its rows, as what the audit log refers to. */
export const catalogueImports = pgTable(
  'catalogue_imports',
  {
    id: uuid().primaryKey(),
    fileName: text().notNull(),
    state: text({ enum: IMPORT_STATES }).notNull().default('checking'),
    /** Who sent it and, once it is to be applied, who said so. */
    actorId: uuid().notNull(),
    actorEmail: text().notNull(),
    network: text(),
    rows: integer().notNull(),
    /** How many of them have been looked at, and written. */
    checked: integer().notNull().default(0),
    applied: integer().notNull().default(0),
    /** Why it is looked at once more, or has failed, for whoever waits for it. */
    again: text(),
    /** How often in a row a step of it took the database too long. */
    tries: smallint().notNull().default(0),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    finishedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    check(
      'catalogue_imports_state_known',
      sql`${table.state} in ('checking','checked','applying','applied','discarded','failed')`,
    ),
    index('catalogue_imports_newest').on(table.createdAt.desc()),
    index('catalogue_imports_due')
      .on(table.createdAt)
      .where(sql`state in ('checking', 'applying')`),
  ],
)

export const catalogueImportRows = pgTable(
  'catalogue_import_rows',
  {
    importId: uuid()
      .notNull()
      .references(() => catalogueImports.id, { onDelete: 'cascade' }),
    /** As a spreadsheet numbers it: the first below the heads is 2. */
    line: integer().notNull(),
    product: text().notNull(),
    sku: text().notNull(),
    /** What makes the variant what it is, as in the file. */
    options: text().notNull(),
    /** All cells in the order of CSV_COLUMNS. */
    cells: jsonb().$type<string[]>().notNull(),
    /** What was wrong with its cells when it came; null for nothing. */
    unreadable: jsonb().$type<string[]>(),
    /** All that is wrong with it, and else what it changes; both null before it was looked at. */
    problems: jsonb().$type<string[]>(),
    change: jsonb().$type<RowChange>(),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.line] }),
    index('catalogue_import_rows_by_sku').on(table.importId, table.sku),
    index('catalogue_import_rows_by_product').on(table.importId, table.product, table.line),
    index('catalogue_import_rows_wrong')
      .on(table.importId, table.line)
      .where(sql`problems is not null`),
  ],
)
