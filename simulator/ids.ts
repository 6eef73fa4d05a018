import { randomBytes, randomInt, randomUUID } from 'node:crypto'

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** An order, capture or refund id as PayPal makes them: 17 capitals and digits. */
export function newResourceId(): string {
  let id = ''
  // Slightly uneven, as 256 is no multiple of 36; nobody has to guess these.
  for (const byte of randomBytes(17)) id += LETTERS_AND_DIGITS[byte % LETTERS_AND_DIGITS.length]
  return id
}

/** The value of `paypal-debug-id`. */
export function newDebugId(): string {
  return `f${randomBytes(6).toString('hex')}`
}

/** An event id: `WH-` and two groups of 17. */
export function newEventId(): string {
  return `WH-${newResourceId()}-${newResourceId()}`
}

/** A dispute id, such as `PP-D-1234567`. */
export function newDisputeId(): string {
  return `PP-D-${randomInt(1_000_000, 10_000_000)}`
}

/** The value of `paypal-transmission-id`. */
export function newTransmissionId(): string {
  return randomUUID()
}
