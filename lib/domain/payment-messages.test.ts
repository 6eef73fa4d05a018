import { describe, expect, test } from 'vitest'

import { parsePaymentNotice, PAYMENT_MESSAGES, PAYMENT_NOTICES } from './payment-messages'

/** After these PayPal has, or may have, the buyer's money. */
const MONEY_MAY_HAVE_MOVED = [
  'pending',
  'unknown',
  'payment_in_progress',
  'slow_finish',
  'approved',
  'refunded',
  'already_ordered',
  'unavailable',
]
/** These come before a payment is begun. */
const NO_PAYMENT_YET = ['details_missing', 'cart_empty', 'forbidden']

describe('what a shopper is told', () => {
  test.each(PAYMENT_NOTICES)('%s has a title and says what to do', (notice) => {
    const { title, text } = PAYMENT_MESSAGES[notice]
    expect(title).toMatch(/^[A-Z].*[^.!]$/)
    expect(text).toMatch(/^[A-Z][^!]*\.$/)
  })

  test.each(
    PAYMENT_NOTICES.filter((notice) => !MONEY_MAY_HAVE_MOVED.includes(notice) && !NO_PAYMENT_YET.includes(notice)),
  )('%s says that nothing was charged', (notice) => {
    expect(PAYMENT_MESSAGES[notice].text).toMatch(/nothing was charged/i)
  })

  test.each(MONEY_MAY_HAVE_MOVED)('%s never says that nothing was charged', (notice) => {
    expect(PAYMENT_MESSAGES[parsePaymentNotice(notice) ?? 'cancelled'].text).not.toMatch(/nothing was charged/i)
  })
})

describe('a code in an address', () => {
  test.each(PAYMENT_NOTICES)('%s is read', (notice) => {
    expect(parsePaymentNotice(notice)).toBe(notice)
  })

  test.each(['', 'Cancelled', 'toString', '<script>', ['cancelled'], undefined, 3])('%j is ignored', (value) => {
    expect(parsePaymentNotice(value)).toBeNull()
  })
})
