import 'server-only'

import { hkdfSync } from 'node:crypto'

import { sealData, unsealData } from 'iron-session'
import { Secret, TOTP } from 'otpauth'

import { getEnvironment } from '@/lib/runtime/env'

/** RFC 6238 with what every authenticator app takes: SHA-1, six digits, thirty seconds. */
const PERIOD_SECONDS = 30
/** A clock that is half a minute off, or a code typed as it runs out. */
const WINDOW = 1

function generator(secret: string, account: { shopName: string; email: string } | null = null): TOTP {
  return new TOTP({
    secret: Secret.fromBase32(secret),
    period: PERIOD_SECONDS,
    digits: 6,
    algorithm: 'SHA1',
    ...(account ? { issuer: account.shopName, label: account.email } : {}),
  })
}

/** 160 random bits, base 32 (RFC 4226 section 4, R6). */
export function makeTotpSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** What the square on the page says to an authenticator app. */
export function totpUri(secret: string, account: { shopName: string; email: string }): string {
  return generator(secret, account).toString()
}

/** The time step that this code belongs to, or null when it is none of the present ones. */
export function totpStepOf(secret: string, code: string, now: Date = new Date()): number | null {
  const delta = generator(secret).validate({ token: code, timestamp: now.getTime(), window: WINDOW })
  return delta === null ? null : Math.floor(now.getTime() / 1_000 / PERIOD_SECONDS) + delta
}

function sealingKey(): string {
  const key = hkdfSync('sha256', getEnvironment().SESSION_SECRET, '', 'cartwright second factors', 32)
  return Buffer.from(key).toString('base64url')
}

interface SealedSecret {
  readonly secret?: string
  /** In which it was made, for one that is not confirmed yet. */
  readonly sessionId?: string
}

/** For the database: whoever reads the row alone cannot make codes. */
export function sealTotpSecret(secret: string, sessionId?: string): Promise<string> {
  const data: SealedSecret = sessionId === undefined ? { secret } : { secret, sessionId }
  return sealData(data, { password: sealingKey(), ttl: 0 })
}

/** @throws Error when SESSION_SECRET is not the one it was sealed with. */
export async function unsealTotpSecret(sealed: string): Promise<string> {
  const { secret } = await unseal(sealed)
  if (!secret) throw new Error('the second factor was sealed with another SESSION_SECRET')
  return secret
}

/**
 * A secret that is yet to be confirmed, for the session that was shown it. Null for any other: who looked at this page with the
 * password of somebody else must not know what that person confirms later.
 */
export async function unsealShownSecret(sealed: string | null, sessionId: string): Promise<string | null> {
  const shown = sealed === null ? {} : await unseal(sealed)
  return shown.secret !== undefined && shown.sessionId === sessionId ? shown.secret : null
}

function unseal(sealed: string): Promise<SealedSecret> {
  return unsealData<SealedSecret>(sealed, { password: sealingKey(), ttl: 0 })
}
