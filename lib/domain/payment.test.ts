import { describe, expect, test } from 'vitest'

import {
  ATTEMPT_MOVES,
  ATTEMPT_STATES,
  HOLDING_STATES,
  planDisposition,
  planFromCapture,
  planErasureOfPending,
  planFromOrder,
  planFromPending,
  type AttemptState,
  type ExpectedPayment,
} from './payment'
import type { PayPalCapture, PayPalOrder } from './payment-gateway'

const expected: ExpectedPayment = {
  attemptId: 'a-1',
  amount: { minor: 4200, currency: 'USD' },
  merchantId: 'MERCHANT',
}

const capture: PayPalCapture = {
  paypalCaptureId: 'C1',
  status: 'COMPLETED',
  amount: { minor: 4200, currency: 'USD' },
  feeMinor: 196,
  customId: 'a-1',
  reason: null,
}

const order: PayPalOrder = {
  paypalOrderId: 'O1',
  status: 'APPROVED',
  customId: 'a-1',
  amount: { minor: 4200, currency: 'USD' },
  payeeMerchantId: 'MERCHANT',
  approveUrl: null,
  captures: [],
  refunds: [],
  contents: null,
}

const created = { state: 'created', pendingCaptureId: null } as const
const found = (change: Partial<PayPalOrder>) => ({ kind: 'found' as const, order: { ...order, ...change } })

describe('the life of an attempt', () => {
  test('every state can be reached from creating', () => {
    const reached = new Set<AttemptState>(['creating'])
    for (const state of reached) for (const next of ATTEMPT_MOVES[state]) reached.add(next)
    expect([...reached].toSorted()).toEqual([...ATTEMPT_STATES].toSorted())
  })

  test('an order is the end, and from money that went back only more of it going back leads on', () => {
    expect(ATTEMPT_MOVES.completed).toEqual([])
    expect(ATTEMPT_MOVES.refunded).toEqual(['refunding', 'review'])
    expect(ATTEMPT_MOVES.refunding).toEqual(['refunded', 'review'])
  })

  test('every state that holds stock can still be left', () => {
    for (const state of HOLDING_STATES) expect(ATTEMPT_MOVES[state].length).toBeGreaterThan(0)
  })

  test('an attempt that is capturing never goes back to a state before PayPal knew of it', () => {
    expect(ATTEMPT_MOVES.capturing).not.toContain('creating')
  })
})

describe('looking for a capture that PayPal had under review', () => {
  const pending = { state: 'pending', pendingCaptureId: 'C1' } as const
  const closed = { state: 'closed', pendingCaptureId: 'C1' } as const
  const missing = { kind: 'missing', debugId: null } as const
  const alone = (status: PayPalCapture['status']) => ({
    kind: 'found' as const,
    capture: { ...capture, status },
    paypalOrderId: null,
  })

  test('an order that is not shown says nothing of it: the capture itself is looked at', () => {
    const look = { step: 'look_at_capture', paypalCaptureId: 'C1' }
    expect(planFromOrder(expected, missing, pending)).toEqual(look)
    expect(planFromOrder(expected, missing, closed)).toEqual(look)
    for (const status of ['APPROVED', 'CREATED', 'VOIDED', 'COMPLETED'] as const) {
      expect(planFromOrder(expected, found({ status }), pending)).toEqual(look)
    }
  })

  test('one whose id is not known is asked for again, never given up', () => {
    const unnamed = { ...pending, pendingCaptureId: null }
    expect(planFromOrder(expected, missing, unnamed)).toMatchObject({ step: 'ask_again' })
    expect(planFromOrder(expected, found({}), unnamed)).toMatchObject({ step: 'ask_again' })
  })

  test.each(['APPROVED', 'CREATED', 'COMPLETED'] as const)(
    'an order that is %s and shows it declined ends the payment',
    (status) => {
      const declined = { ...capture, status: 'DECLINED' as const }
      const plan = planFromOrder(expected, found({ status, captures: [declined] }), pending)
      expect(plan).toEqual({ step: 'close', reason: 'capture_failed' })
    },
  )

  test('what the capture says by itself decides', () => {
    expect(planFromPending(alone('COMPLETED'))).toMatchObject({ step: 'finalise' })
    expect(planFromPending(alone('PARTIALLY_REFUNDED'))).toMatchObject({ step: 'finalise' })
    expect(planFromPending(alone('PENDING'))).toMatchObject({ step: 'await_capture' })
    expect(planFromPending(alone('DECLINED'))).toEqual({ step: 'close', reason: 'capture_failed' })
    expect(planFromPending(missing)).toEqual({ step: 'close', reason: 'paypal_order_gone' })
    expect(planFromPending({ kind: 'unknown', cause: 'timeout', debugId: null })).toMatchObject({ step: 'ask_again' })
  })

  test('its buyer is forgotten only once no money can come of it', () => {
    expect(planErasureOfPending(alone('PENDING'))).toEqual({ step: 'drive' })
    expect(planErasureOfPending(alone('COMPLETED'))).toEqual({ step: 'drive' })
    expect(planErasureOfPending(alone('DECLINED'))).toEqual({ step: 'erase' })
    expect(planErasureOfPending(missing)).toEqual({ step: 'erase' })
    expect(planErasureOfPending({ kind: 'unknown', cause: 'x', debugId: null })).toMatchObject({ step: 'ask_again' })
  })
})

describe('looking at the PayPal order before money moves', () => {
  test('an approved order that matches may be captured', () => {
    expect(planFromOrder(expected, found({}), created)).toEqual({ step: 'capture' })
  })

  test.each([
    ['another amount', { amount: { minor: 4199, currency: 'USD' } }],
    ['another currency', { amount: { minor: 4200, currency: 'EUR' } }],
    ['an unreadable amount', { amount: null }],
    ['another payee', { payeeMerchantId: 'SOMEBODY' }],
    ['no payee', { payeeMerchantId: null }],
    ["another attempt's id", { customId: 'a-2' }],
    ['no id', { customId: null }],
  ] as const)('an approved order with %s is never captured', (_what, change) => {
    expect(planFromOrder(expected, found(change), created)).toEqual({ step: 'close', reason: 'mismatch' })
  })

  test.each(['CREATED', 'SAVED', 'PAYER_ACTION_REQUIRED'] as const)(
    'an order that is %s waits for the buyer',
    (status) => {
      expect(planFromOrder(expected, found({ status }), created)).toEqual({ step: 'buyer_must_approve' })
    },
  )

  test('money that is already there is finalised, whatever the order says of itself', () => {
    for (const status of ['APPROVED', 'COMPLETED', 'CREATED'] as const) {
      const plan = planFromOrder(expected, found({ status, captures: [capture] }), created)
      expect(plan).toEqual({ step: 'finalise', capture, refundedMinor: 0 })
    }
  })

  test('what has gone back already is counted, unless that failed', () => {
    const amount = { minor: 100, currency: 'USD' as const }
    const refund = { paypalRefundId: 'R1', customId: null, paypalCaptureId: 'C1', amount }
    const refunds = (['COMPLETED', 'PENDING', 'FAILED'] as const).map((status) => ({ ...refund, status }))
    const plan = planFromOrder(expected, found({ captures: [capture], refunds }), created)
    expect(plan).toMatchObject({ step: 'finalise', refundedMinor: 200 })
  })

  test('a completed order whose capture is pending is not paid', () => {
    const pending = { ...capture, status: 'PENDING' as const }
    const plan = planFromOrder(expected, found({ status: 'COMPLETED', captures: [pending] }), created)
    expect(plan).toEqual({ step: 'await_capture', capture: pending })
  })

  test.each(['DECLINED', 'FAILED'] as const)(
    'a completed order whose capture is %s is closed without money',
    (status) => {
      const plan = planFromOrder(expected, found({ status: 'COMPLETED', captures: [{ ...capture, status }] }), created)
      expect(plan).toEqual({ step: 'close', reason: 'capture_failed' })
    },
  )

  test('no answer is neither yes nor no', () => {
    const plan = planFromOrder(expected, { kind: 'unknown', cause: 'timeout', debugId: null }, created)
    expect(plan).toEqual({ step: 'ask_again', cause: 'timeout' })
  })
})

describe('after the capture call', () => {
  test('a captured payment is finalised', () => {
    expect(planFromCapture({ kind: 'captured', capture })).toEqual({ step: 'finalise', capture, refundedMinor: 0 })
  })

  test('money of which some has gone back is looked up, because the answer does not say how much', () => {
    const status = 'PARTIALLY_REFUNDED' as const
    expect(planFromCapture({ kind: 'captured', capture: { ...capture, status } })).toEqual({
      step: 'look_up',
      isPaidElsewhere: false,
    })
  })

  test('an order that was captured before is looked up, never treated as a failure', () => {
    expect(planFromCapture({ kind: 'already_captured', debugId: null })).toEqual({
      step: 'look_up',
      isPaidElsewhere: false,
    })
    expect(planFromCapture({ kind: 'duplicate_invoice', debugId: null })).toEqual({
      step: 'look_up',
      isPaidElsewhere: true,
    })
  })

  test('a declined instrument reopens the attempt', () => {
    const plan = planFromCapture({ kind: 'declined', issue: 'INSTRUMENT_DECLINED', debugId: null })
    expect(plan).toEqual({ step: 'reopen', issue: 'INSTRUMENT_DECLINED' })
  })

  test('a capture that PayPal made and declined is no money', () => {
    const plan = planFromCapture({ kind: 'captured', capture: { ...capture, status: 'DECLINED' } })
    expect(plan).toEqual({ step: 'close', reason: 'capture_failed', issue: 'DECLINED' })
  })

  test('an unknown answer stays unknown', () => {
    const plan = planFromCapture({ kind: 'unknown', cause: 'timeout', debugId: null })
    expect(plan).toEqual({ step: 'ask_again', cause: 'timeout' })
  })
})

describe('what becomes of money', () => {
  const facts = {
    state: 'capturing' as const,
    expected,
    capture,
    cartHasOrder: false,
    isErased: false,
    stockIsFree: false,
  }

  test.each(HOLDING_STATES)('a matching capture in %s becomes an order from held stock', (state) => {
    expect(planDisposition({ ...facts, state })).toEqual({ kind: 'order', stock: 'held' })
  })

  test('a capture after the attempt was closed becomes a late order if stock is free, else a refund', () => {
    const late = { ...facts, state: 'closed' as const }
    expect(planDisposition({ ...late, stockIsFree: true })).toEqual({ kind: 'order', stock: 'free' })
    expect(planDisposition(late)).toEqual({ kind: 'refund', reason: 'unfulfillable' })
  })

  test('a second payment for a cart that has its order goes back', () => {
    expect(planDisposition({ ...facts, cartHasOrder: true })).toEqual({ kind: 'refund', reason: 'late_capture' })
  })

  test.each([true, false])('money for a buyer who has been forgotten goes back, stock free or not', (stockIsFree) => {
    const erased = { ...facts, state: 'closed' as const, isErased: true, stockIsFree }
    expect(planDisposition(erased)).toEqual({ kind: 'refund', reason: 'unfulfillable' })
  })

  test.each([
    ['amount', { amount: { minor: 1, currency: 'USD' } }],
    ['currency', { amount: { minor: 4200, currency: 'EUR' } }],
    ['attempt', { customId: 'a-2' }],
  ] as const)('a capture of another %s never becomes an order', (_what, change) => {
    const disposition = planDisposition({ ...facts, capture: { ...capture, ...change } })
    expect(disposition).toEqual({ kind: 'refund', reason: 'mismatch' })
  })
})
