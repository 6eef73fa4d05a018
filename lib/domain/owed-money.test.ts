import { describe, expect, test } from 'vitest'

import { planOwed } from './owed-money'
import { REFUNDED_AT_PAYPAL, type KnownRefund } from './refund'

const row = (id: string, change: Partial<KnownRefund> = {}): KnownRefund => ({
  id,
  sendSeq: 0,
  paypalRefundId: null,
  amountMinor: 400,
  state: 'completed',
  reason: 'paypal',
  ...change,
})

const sent = row('a', { reason: 'late_capture', amountMinor: 800 })
const rest = (change: Partial<KnownRefund>) => row('r', { reason: 'merchant', isRest: true, ...change })

describe('money that became no order', () => {
  test('is left to nobody: whatever is left of it goes back, as soon as nothing else is under way', () => {
    const site = (state: KnownRefund['state']) => row('b', { state, amountMinor: 200 })
    expect(planOwed([sent, site('failed')], 1_000)).toEqual({ step: 'send', amountMinor: 200 })
    expect(planOwed([sent], 1_000)).toEqual({ step: 'send', amountMinor: 200 })
    expect(planOwed([sent, site('sent')], 1_000)).toEqual({ step: 'nothing' })
    expect(planOwed([sent, { ...site('sent'), amountMinor: 100 }], 1_000)).toEqual({ step: 'wait' })
    expect(planOwed([sent, site('completed')], 1_000)).toEqual({ step: 'nothing' })
  })

  test('goes back each time that a bank gives some of it back', () => {
    const taken = row('b', { reason: 'reversal', amountMinor: 300, returnedMinor: 100 })
    const once = [row('a', { reason: 'late_capture', amountMinor: 700 }), taken]
    expect(planOwed(once, 1_000)).toEqual({ step: 'send', amountMinor: 100 })
    const twice = [...once.slice(0, 1), { ...taken, returnedMinor: 250 }, rest({ amountMinor: 100 })]
    expect(planOwed(twice, 1_000)).toEqual({ step: 'send', amountMinor: 150 })
  })

  test('is sent by the refund that others had left no room for, as far as there is room again', () => {
    const displaced = row('a', { reason: 'late_capture', state: 'failed', lastIssue: REFUNDED_AT_PAYPAL })
    const taken = row('b', { reason: 'reversal', amountMinor: 1_000, returnedMinor: 300 })
    expect(planOwed([displaced, taken], 1_000)).toEqual({ step: 'take_up', refund: displaced, amountMinor: 300 })
  })

  test('is for a person once PayPal has refused it, whichever refund that was', () => {
    const first = row('a', { reason: 'late_capture', state: 'failed', lastIssue: 'NO' })
    expect(planOwed([first], 1_000)).toEqual({ step: 'ask', refused: [first] })
    const later = rest({ state: 'failed', amountMinor: 200 })
    expect(planOwed([sent, later], 1_000)).toEqual({ step: 'ask', refused: [later] })
  })
})
