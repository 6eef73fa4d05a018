import 'server-only'

import { createHmac, timingSafeEqual } from 'node:crypto'

import { getEnvironment } from '@/lib/runtime/env'

/** 128 bits of an HMAC over purpose and order number: the link cannot be guessed from the number. */
function receiptKey(orderNumber: string): string {
  const mac = createHmac('sha256', getEnvironment().SESSION_SECRET).update(`receipt:${orderNumber}`)
  return mac.digest().subarray(0, 16).toString('base64url')
}

/** The receipt's address with its key: whoever has it may read the receipt. */
export function receiptPath(orderNumber: string): string {
  return `/orders/${orderNumber}?key=${receiptKey(orderNumber)}`
}

/** Constant-time, and false for anything that is not a key. */
export function opensReceipt(orderNumber: string, key: string | null): boolean {
  const expected = Buffer.from(receiptKey(orderNumber))
  const given = Buffer.from(key ?? '')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
