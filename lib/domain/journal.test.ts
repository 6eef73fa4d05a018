import { describe, expect, test } from 'vitest'

import { bookCapture, bookFee, bookRefund, type JournalEntry } from './journal'

const sum = (entry: JournalEntry) => entry.postings.reduce((total, { amountMinor }) => total + amountMinor, 0)
const on = (entry: JournalEntry) => Object.fromEntries(entry.postings.map((p) => [p.account, p.amountMinor]))

describe('the books', () => {
  const capture = { paypalCaptureId: 'C1', grossMinor: 6_606, feeMinor: 280, currency: 'USD' as const }

  test('an order is what was sold, delivered, taxed and kept by PayPal', () => {
    const entry = bookCapture({ ...capture, parts: { totalMinor: 6_606, deliveryMinor: 600, taxMinor: 406 } })
    expect(on(entry)).toEqual({
      paypal_balance: 6_326,
      paypal_fees: 280,
      sales: -5_600,
      delivery: -600,
      sales_tax: -406,
    })
    expect(sum(entry)).toBe(0)
  })

  test('money that is no order is owed to the buyer, and its refund settles that', () => {
    const entry = bookCapture({ ...capture, parts: null })
    expect(on(entry)).toEqual({ paypal_balance: 6_326, paypal_fees: 280, buyers_owed: -6_606 })
    const back = bookRefund({ paypalRefundId: 'R1', amountMinor: 6_606, currency: 'USD', reason: 'late_capture' })
    expect(on(back)).toEqual({ buyers_owed: 6_606, paypal_balance: -6_606 })
  })

  test('a fee that comes later moves from the balance to the fees', () => {
    expect(on(bookCapture({ ...capture, feeMinor: null, parts: null }))).not.toHaveProperty('paypal_fees')
    expect(on(bookFee('C1', 280, 'USD'))).toEqual({ paypal_fees: 280, paypal_balance: -280 })
  })

  test('what PayPal takes back is no refund of ours', () => {
    const entry = bookRefund({ paypalRefundId: 'R2', amountMinor: 100, currency: 'USD', reason: 'reversal' })
    expect(entry.kind).toBe('reversal')
    expect(on(entry)).toEqual({ reversals: 100, paypal_balance: -100 })
  })
})
