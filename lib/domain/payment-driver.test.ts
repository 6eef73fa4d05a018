import { describe, expect, test } from 'vitest'

import { ATTEMPT_MOVES, ATTEMPT_STATES, HOLDING_STATES, type AttemptState } from './payment'
import {
  CLOSED_FROM,
  FENCED_FROM,
  RECORDS_PAYPAL_ORDER_IN,
  SWEPT_STATES,
  closeReasonOf,
  isApprovedAnew,
  isPaymentUnderWay,
  mayAwaitCapture,
  mayClose,
  mayReopen,
  planCaptureCall,
  planFinish,
  planSecondLook,
  planSweep,
} from './payment-driver'

const at = (state: AttemptState, captureSeq = 0) => ({ state, captureSeq })
const statesWhere = (holds: (state: AttemptState) => boolean) => ATTEMPT_STATES.filter((state) => holds(state))

describe('who may move an attempt on', () => {
  test('every permission is for a move that the table allows', () => {
    for (const state of RECORDS_PAYPAL_ORDER_IN) expect(ATTEMPT_MOVES[state]).toContain('created')
    for (const state of FENCED_FROM) expect(ATTEMPT_MOVES[state]).toContain('capturing')
    for (const state of Object.values(CLOSED_FROM).flat()) expect(ATTEMPT_MOVES[state]).toContain('closed')
    for (const state of statesWhere(mayAwaitCapture)) expect(['pending', ...ATTEMPT_MOVES[state]]).toContain('pending')
  })

  test('whatever holds stock, or may yet turn out paid, is swept', () => {
    for (const state of [...HOLDING_STATES, 'closed'] as const) {
      expect(SWEPT_STATES).toContain(state)
      expect(planSweep(at(state))).not.toBe('nothing')
    }
    for (const state of statesWhere((name) => !SWEPT_STATES.includes(name)))
      expect(planSweep(at(state))).toBe('nothing')
  })

  test('once money may be moving, only an answer from PayPal ends an attempt', () => {
    expect(statesWhere(isPaymentUnderWay)).toEqual(['capturing', 'pending'])
    for (const state of ['capturing', 'pending'] as const) {
      expect(mayClose(at(state), 'creation')).toBe(false)
      expect(mayClose(at(state), 'expiry')).toBe(false)
      expect(mayClose(at(state), 'answer', at(state))).toBe(true)
    }
  })

  test('an answer about an earlier capture neither closes nor reopens the attempt', () => {
    expect(mayClose(at('capturing', 1), 'answer', at('capturing', 0))).toBe(false)
    expect(mayReopen(at('capturing', 1), at('capturing', 0))).toBe(false)
    expect(mayReopen(at('capturing', 1), at('capturing', 1))).toBe(true)
  })

  test('what PayPal said before the capture began ends neither the capture nor its review', () => {
    expect(mayClose(at('capturing'), 'answer', at('created'))).toBe(false)
    expect(mayClose(at('pending'), 'answer', at('created'))).toBe(false)
    expect(mayClose(at('pending'), 'answer', at('capturing'))).toBe(false)
  })

  test('a driver that had not begun to capture reopens nobody’s capture', () => {
    expect(mayReopen(at('capturing'), at('created'))).toBe(false)
  })

  test('the worker buys for a buyer who left, but never again after a decline', () => {
    expect(planSweep(at('created', 0))).toBe('drive_then_expire')
    expect(planSweep(at('created', 1))).toBe('expire')
  })

  test('an approval after the decline is the wish to try again; one from before, or without a time, is not', () => {
    const declinedAt = new Date('2026-11-20T10:00:00Z')
    expect(isApprovedAnew(declinedAt, new Date('2026-11-20T10:00:01Z'))).toBe(true)
    expect(isApprovedAnew(declinedAt, new Date('2026-11-20T09:59:59Z'))).toBe(false)
    expect(isApprovedAnew(declinedAt, null)).toBe(false)
    expect(isApprovedAnew(null, new Date('2026-11-20T09:59:59Z'))).toBe(true)
    expect(planSweep(at('created', 1), true)).toBe('drive_then_expire')
    for (const state of statesWhere((name) => name !== 'created')) {
      expect(planSweep(at(state, 1), true)).toBe(planSweep(at(state, 1)))
    }
  })

  test('only a payment that was reviewed is denied', () => {
    expect(closeReasonOf('pending', 'capture_failed')).toBe('capture_denied')
    expect(closeReasonOf('pending', 'paypal_order_gone')).toBe('paypal_order_gone')
    expect(closeReasonOf('capturing', 'capture_failed')).toBe('capture_failed')
  })

  test('capture is called behind the fence only', () => {
    expect(statesWhere((state) => planCaptureCall(state) === 'fence')).toEqual(['created'])
    expect(statesWhere((state) => planCaptureCall(state) === 'send')).toEqual(['capturing'])
    expect(statesWhere((state) => planFinish(state) !== 'read')).toEqual(['created', 'capturing'])
  })

  test('a look that is older than what PayPal has just told leads to another look', () => {
    const again = { step: 'ask_again', cause: 'captured elsewhere' }
    const look = (isPaidElsewhere: boolean, tries: number) =>
      planSecondLook({ step: 'capture' }, { isPaidElsewhere, tries })
    expect(look(false, 99)).toEqual(again)
    expect(look(true, 4)).toEqual(again)
    expect(look(true, 5)).toEqual({ step: 'close', reason: 'paypal_refused' })
    const seen = { step: 'buyer_must_approve' } as const
    expect(planSecondLook(seen, { isPaidElsewhere: true, tries: 9 })).toEqual(seen)
  })
})
