import { sql } from 'drizzle-orm'
import { bigint, check, index, jsonb, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'

import type { AuditAction } from '@/lib/domain/audit'
import { ROLES } from '@/lib/domain/staff'

import { members } from './members'

/** A member who works in the shop. Nothing of theirs is gone with the role: whoever leaves is disabled. */
export const staff = pgTable(
  'staff',
  {
    memberId: uuid()
      .primaryKey()
      .references(() => members.id, { onDelete: 'cascade' }),
    role: text({ enum: ROLES }).notNull(),
    /** Sealed with a key derived from SESSION_SECRET; who reads the table cannot make codes. */
    totpSecretSealed: text(),
    /** When a first code showed that the authenticator holds the secret; null for whoever has none. */
    totpConfirmedAt: timestamp({ withTimezone: true }),
    /** Of the authenticator that is being set up, until its first code: the one before works for as long. */
    totpNextSealed: text(),
    /** The time step of the last code that was taken (RFC 6238 5.2): a code is good once. */
    totpLastStep: bigint({ mode: 'number' }),
    invitedBy: uuid().references(() => members.id, { onDelete: 'set null' }),
    disabledAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check('staff_role_known', sql`${table.role} in ('owner','manager','fulfilment','support','read_only')`),
    check('staff_totp_whole', sql`${table.totpConfirmedAt} is null or ${table.totpSecretSealed} is not null`),
  ],
)

/** For the day the telephone is lost. Only hashes are kept. */
export const staffRecoveryCodes = pgTable(
  'staff_recovery_codes',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    memberId: uuid()
      .notNull()
      .references(() => staff.memberId, { onDelete: 'cascade' }),
    hash: text().notNull(),
    usedAt: timestamp({ withTimezone: true }),
  },
  (table) => [unique('staff_recovery_codes_one_per_hash').on(table.memberId, table.hash)],
)

/**
 * Who did what, when, from where, and what it was before and after. Rows are only added, and each carries the hash of the one
 * before it, so that a row which is changed or taken out breaks the chain (0011).
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigint({ mode: 'number' }).primaryKey(),
    at: timestamp({ withTimezone: true }).notNull(),
    /** Null for a command run on the server. */
    actorId: uuid(),
    actorEmail: text().notNull(),
    action: text().$type<AuditAction>().notNull(),
    subject: text().notNull(),
    before: jsonb().$type<unknown>(),
    after: jsonb().$type<unknown>(),
    network: text(),
    /** What was hashed: the row as canonical JSON. */
    payload: text().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull().unique('audit_log_one_per_hash'),
  },
  (table) => [index('audit_log_by_subject').on(table.subject, table.id.desc().nullsFirst())],
)
