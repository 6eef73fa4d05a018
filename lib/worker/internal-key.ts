import 'server-only'

import { createHmac, timingSafeEqual } from 'node:crypto'

import { getEnvironment } from '@/lib/runtime/env'

/** The key with which the worker speaks to the shop. Derived, so that there is no further secret to configure. */
export function internalKey(): string {
  return createHmac('sha256', getEnvironment().SESSION_SECRET).update('internal').digest('hex')
}

/** Constant-time comparison with the key of a request's `authorization` header. */
export function isInternalKey(header: string | null): boolean {
  const expected = Buffer.from(`Bearer ${internalKey()}`)
  const given = Buffer.from(header ?? '')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
