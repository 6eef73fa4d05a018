import 'server-only'

import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits for a link or a session, and what the database keeps of them. */
export function makeSecret(): { readonly secret: string; readonly hash: string } {
  const secret = randomBytes(32).toString('base64url')
  return { secret, hash: hashSecret(secret) }
}

/** The secret is random, so one round of SHA-256 cannot be turned round; lookup by hash leaks nothing by its time. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(`member:${secret}`).digest('base64url')
}
