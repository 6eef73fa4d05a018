import { randomBytes, randomInt } from 'node:crypto'

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** An order, capture or refund id as PayPal makes them: 17 capitals and digits. */
export function newResourceId(): string {
  return Array.from({ length: 17 }, () => LETTERS_AND_DIGITS[randomInt(LETTERS_AND_DIGITS.length)]).join('')
}

/** The value of `paypal-debug-id`. */
export function newDebugId(): string {
  return `f${randomBytes(6).toString('hex')}`
}
