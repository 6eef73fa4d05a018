import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

import type { Mail, MailKind } from '@/lib/domain/mail'

/**
 * Mail to send, written in the transaction that causes it. `key` says what the mail is about, so that whatever happens again
 * is mailed once. Kinds are not listed in a check: lib/domain/mail.ts is read again before a mail is written.
 */
export const mailOutbox = pgTable(
  'mail_outbox',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    key: text().notNull().unique('mail_outbox_one_per_key'),
    kind: text().$type<MailKind>().notNull(),
    /** Null once it has been forgotten. */
    recipient: text(),
    /** May hold a secret, such as the link that signs in: null once the mail is sent or given up. */
    payload: jsonb().$type<Mail>(),
    /** The same at each try, so that a mail that arrives twice can be told from two mails. */
    messageId: text(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    availableAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** From then on the mail is of no use. */
    expiresAt: timestamp({ withTimezone: true }),
    /** Whoever is sending it has until then. */
    leaseUntil: timestamp({ withTimezone: true }),
    tries: integer().notNull().default(0),
    doneAt: timestamp({ withTimezone: true }),
    deadAt: timestamp({ withTimezone: true }),
    lastError: text(),
  },
  (table) => [
    check('mail_outbox_ends_once', sql`${table.doneAt} is null or ${table.deadAt} is null`),
    check(
      'mail_outbox_unsent_can_be_sent',
      sql`${table.doneAt} is not null or ${table.deadAt} is not null or (${table.payload} is not null and ${table.recipient} is not null)`,
    ),
    check('mail_outbox_sent_is_wiped', sql`${table.doneAt} is null or ${table.payload} is null`),
    index('mail_outbox_due')
      .on(table.availableAt)
      .where(sql`done_at is null and dead_at is null`),
    index('mail_outbox_remembered')
      .on(table.createdAt)
      .where(sql`recipient is not null`),
  ],
)
