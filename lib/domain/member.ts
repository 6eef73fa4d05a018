import { z } from 'zod'

import type { Role } from './staff'

/** Accounts elsewhere that can open one here. `oidc` is whatever OpenID provider the operator has configured. */
export const IDENTITY_PROVIDERS = ['google', 'github', 'oidc'] as const
export type IdentityProvider = (typeof IDENTITY_PROVIDERS)[number]

export const PROVIDER_NAMES: Readonly<Record<IdentityProvider, string>> = {
  google: 'Google',
  github: 'GitHub',
  oidc: 'another provider',
}

/** How a session began. */
export const SESSION_METHODS = ['link', 'password', 'passkey', ...IDENTITY_PROVIDERS] as const
export type SessionMethod = (typeof SESSION_METHODS)[number]

/** What a mailed link is for. */
export const TOKEN_KINDS = [
  'sign_in',
  'register',
  'password_reset',
  'email_change',
  'order_lookup',
  'staff_invite',
] as const
export type TokenKind = (typeof TOKEN_KINDS)[number]

/** What a link needs to remember: where to go afterwards, or which order it opens. */
export interface TokenData {
  readonly returnTo?: string
  readonly name?: string
  readonly orderNumber?: string
  readonly role?: Role
  /** Whoever sent a staff_invite. */
  readonly invitedBy?: string
}

/** How long each link works, in minutes. */
export const TOKEN_LIFE_MINUTES: Readonly<Record<TokenKind, number>> = {
  sign_in: 15,
  register: 60,
  password_reset: 30,
  email_change: 60,
  order_lookup: 60 * 24 * 30,
  staff_invite: 60 * 24 * 3,
}

/** A session lives this long without use, and never longer than `SESSION_LIFE_DAYS`. */
export const SESSION_IDLE_DAYS = 30
export const SESSION_LIFE_DAYS = 180

/** What changes who can get in, or takes data out, asks for a sign-in that is no older. */
export const FRESH_MINUTES = 15

/** Between asking for an account to be deleted and its end: time to think again, or to notice that it was not oneself. */
export const DELETION_COOLING_DAYS = 14
/** An order that has not arrived still needs its address; deletion waits for it, but no longer than this. */
export const DELETION_WAITS_FOR_ORDERS_DAYS = 30

export const ADDRESSES_MAX = 20
export const PASSKEYS_MAX = 10
/** Of a guest: they travel in a cookie. */
export const GUEST_WISHES_MAX = 50
export const WISHES_MAX = 500
/** So many of the newest are marked on product pages: the marks travel in a cookie with every request. */
export const MARKED_WISHES_MAX = 200

export const MemberName = z
  .string()
  .trim()
  .max(120, 'Keep this under 120 characters.')
  // eslint-disable-next-line no-control-regex
  .refine((value) => !/[\u0000-\u001f\u007f\u2028\u2029]/.test(value), 'Remove line breaks and special characters.')

/** The ways into an account. The mailed link works for every proved address. */
export interface WaysIn {
  readonly emailVerified: boolean
  readonly hasPassword: boolean
  readonly passkeys: number
  readonly identities: number
}

/** False for an account that nobody could open any more. */
export function hasWayIn({ emailVerified, hasPassword, passkeys, identities }: WaysIn): boolean {
  return emailVerified || hasPassword || passkeys + identities > 0
}
