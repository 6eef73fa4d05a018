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
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

import type { Cart } from '@/lib/domain/cart'
import { IDENTITY_PROVIDERS, SESSION_METHODS, TOKEN_KINDS, type TokenData } from '@/lib/domain/member'

import { products } from './catalog'

/** Somebody with an account. An address is proved by a mailed link before there is a row. */
export const members = pgTable(
  'members',
  {
    id: uuid().primaryKey(),
    /** Normalised by `Email`: one spelling, one account. */
    email: text().notNull().unique('members_one_per_email'),
    emailVerifiedAt: timestamp({ withTimezone: true }),
    name: text().notNull().default(''),
    /** Argon2id in its own text form; null for whoever signs in without a password. */
    passwordHash: text(),
    /** News of orders cannot be switched off; this is for everything else. */
    wantsNews: boolean().notNull().default(false),
    wantsNewDeviceMail: boolean().notNull().default(true),
    disabledAt: timestamp({ withTimezone: true }),
    deletionRequestedAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check('members_email_normalised', sql`${table.email} = lower(btrim(${table.email}))`),
    index('members_newest').on(table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('members_by_email').on(sql`${table.email} text_pattern_ops`),
    index('members_by_name').on(sql`lower(${table.name}) text_pattern_ops`),
    index('members_by_family_name').on(sql`lower(regexp_replace(${table.name}, '^.* ', '')) text_pattern_ops`),
    index('members_deletion_due')
      .on(table.deletionRequestedAt)
      .where(sql`deletion_requested_at is not null`),
  ],
)

const memberId = () =>
  uuid()
    .notNull()
    .references(() => members.id, { onDelete: 'cascade' })

/** An account elsewhere that opens this one. */
export const memberIdentities = pgTable(
  'member_identities',
  {
    provider: text({ enum: IDENTITY_PROVIDERS }).notNull(),
    /** The provider's own unchanging id of the person; their e-mail address there may change. */
    subject: text().notNull(),
    memberId: memberId(),
    email: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.subject] }),
    unique('member_identities_one_per_provider').on(table.memberId, table.provider),
  ],
)

export const memberPasskeys = pgTable(
  'member_passkeys',
  {
    /** The credential's id, base64url. */
    id: text().primaryKey(),
    memberId: memberId(),
    /** COSE key, base64url. */
    publicKey: text().notNull(),
    /** Grows with each use where the authenticator counts; one that falls back was copied. */
    counter: bigint({ mode: 'number' }).notNull(),
    transports: jsonb().$type<string[]>().notNull().default([]),
    label: text().notNull(),
    /**
     * Added by a member of staff who had given their second factor, or had none yet: it is one as well. Any other only signs in, or
     * whoever has the first factor would add the second themselves.
     */
    isSecondFactor: boolean().notNull().default(false),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    lastUsedAt: timestamp({ withTimezone: true }),
  },
  (table) => [index('member_passkeys_of_member').on(table.memberId)],
)

/** Decides on every request whether a browser is signed in. The cookie only names the row. */
export const memberSessions = pgTable(
  'member_sessions',
  {
    id: uuid().primaryKey(),
    /** SHA-256 of the secret in the cookie. */
    secretHash: text().notNull().unique('member_sessions_one_per_secret'),
    memberId: memberId(),
    method: text({ enum: SESSION_METHODS }).notNull(),
    /** "Firefox on Windows": enough to recognise one's own device. */
    device: text().notNull(),
    network: text(),
    /** SHA-256 of what the browser's long-lived cookie holds. */
    deviceHash: text(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    lastUsedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    revokedAt: timestamp({ withTimezone: true }),
    /** When a second factor was last given in this session: by a code, or by a passkey that is one. */
    secondFactorAt: timestamp({ withTimezone: true }),
  },
  (table) => [index('member_sessions_of_member').on(table.memberId, table.lastUsedAt.desc())],
)

/** What each guest's cart has brought into the member's, so that a sign-in that is repeated adds none of it again. */
export const adoptedCarts = pgTable(
  'adopted_carts',
  {
    cartId: uuid().notNull(),
    memberId: memberId(),
    items: jsonb().$type<Cart['items']>().notNull(),
    adoptedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.cartId, table.memberId] }),
    index('adopted_carts_of_member').on(table.memberId),
    index('adopted_carts_oldest').on(table.adoptedAt),
  ],
)

/** Addresses that a member has given up: traces under them go with the account. */
export const memberFormerEmails = pgTable(
  'member_former_emails',
  {
    memberId: memberId(),
    email: text().notNull(),
    changedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.email] })],
)

/** Links that were mailed. Only a hash is kept: who reads the table cannot use them. */
export const memberTokens = pgTable(
  'member_tokens',
  {
    hash: text().primaryKey(),
    kind: text({ enum: TOKEN_KINDS }).notNull(),
    /** Null while there is no account, or none is needed. */
    memberId: uuid().references(() => members.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    data: jsonb().$type<TokenData>().notNull().default({}),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    usedAt: timestamp({ withTimezone: true }),
  },
  (table) => [index('member_tokens_oldest').on(table.expiresAt)],
)

/** What a passkey is asked to sign: good once and for minutes. */
export const passkeyChallenges = pgTable(
  'passkey_challenges',
  {
    challenge: text().primaryKey(),
    memberId: uuid().references(() => members.id, { onDelete: 'cascade' }),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index('passkey_challenges_oldest').on(table.expiresAt)],
)

export const memberAddresses = pgTable(
  'member_addresses',
  {
    id: uuid().primaryKey(),
    memberId: memberId(),
    name: text().notNull(),
    line1: text().notNull(),
    line2: text().notNull(),
    city: text().notNull(),
    region: text().notNull(),
    postalCode: text().notNull(),
    country: char({ length: 2 }).notNull(),
    isDefault: boolean().notNull().default(false),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index('member_addresses_of_member').on(table.memberId),
    uniqueIndex('member_addresses_one_default')
      .on(table.memberId)
      .where(sql`is_default`),
  ],
)

/** A member's cart, the same on all devices. */
export const memberCarts = pgTable('member_carts', {
  memberId: uuid()
    .primaryKey()
    .references(() => members.id, { onDelete: 'cascade' }),
  cartId: uuid().notNull().unique('member_carts_one_per_cart'),
  items: jsonb().$type<Cart['items']>().notNull(),
  /** Grows with each change: a device that has not seen the last one reads again before it writes. */
  revision: integer().notNull().default(0),
  updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
})

export const wishListItems = pgTable(
  'wish_list_items',
  {
    memberId: memberId(),
    productId: integer()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    addedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.productId] })],
)

/** What staff write about a customer and only staff read: about a member, or about the address of a guest. */
export const customerNotes = pgTable(
  'customer_notes',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    memberId: uuid().references(() => members.id, { onDelete: 'cascade' }),
    email: text(),
    text: text().notNull(),
    authorEmail: text().notNull(),
    writtenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check('customer_notes_about_one', sql`(${table.memberId} is null) <> (${table.email} is null)`),
    index('customer_notes_of_member').on(table.memberId),
    index('customer_notes_of_guest').on(table.email),
  ],
)
