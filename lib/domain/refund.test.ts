import { describe, expect, test } from 'vitest'

import { ATTEMPT_STATES } from './payment'
import {
  attemptAfterRefund,
  automaticRefundMinor,
  matchRefund,
  planRecord,
  planRetry,
  planSend,
  planUnseen,
  REFUND_MOVES,
  REFUNDED_AT_PAYPAL,
  REFUND_STATES,
  type KnownRefund,
} from './refund'

const row = (id: string, change: Partial<KnownRefund> = {}): KnownRefund => ({
  id,
  sendSeq: 0,
  paypalRefundId: null,
  amountMinor: 400,
  state: 'pending',
  reason: 'merchant',
  ...change,
})

describe('which refund it is', () => {
  const ours = (change: Partial<KnownRefund> = {}): KnownRefund => ({
    id: 'r-1',
    sendSeq: 0,
    paypalRefundId: null,
    amountMinor: 500,
    state: 'pending',
    reason: 'merchant',
    ...change,
  })
  const seen = { paypalRefundId: 'R1', customId: null as string | null }

  test('PayPal’s id decides before ours', () => {
    const known = [ours({ id: 'r-1' }), ours({ id: 'r-2', paypalRefundId: 'R1' })]
    expect(matchRefund(known, { ...seen, customId: 'r-1' })?.id).toBe('r-2')
    expect(matchRefund(known.slice(0, 1), { ...seen, customId: 'r-1' })?.id).toBe('r-1')
  })

  test('one that bears no name of ours is never taken for one of ours: a bank may have taken it, and may give it back', () => {
    expect(matchRefund([ours()], seen)).toBeNull()
    expect(matchRefund([ours({ reason: 'late_capture' })], seen)).toBeNull()
    expect(matchRefund([ours({ reason: 'late_capture', state: 'failed' })], seen)).toBeNull()
  })
})

describe('a refund that PayPal shows and we did not ask for', () => {
  const shown = (minor: number, change: object = {}) => ({
    paypalRefundId: 'R9',
    customId: null,
    status: 'COMPLETED' as const,
    amount: { minor, currency: 'USD' as const },
    ...change,
  })

  test('ours stay while there is room for all', () => {
    const plan = planRecord([row('a'), row('b')], 1_000, shown(200))
    expect(plan).toEqual({ step: 'add', state: 'completed', displaced: [] })
  })

  test('the youngest that PayPal has not shown gives way, never one that PayPal knows', () => {
    const known = [row('a'), row('b'), row('c', { paypalRefundId: 'R1', amountMinor: 200 })]
    expect(planRecord(known, 1_000, shown(300))).toEqual({
      step: 'add',
      state: 'completed',
      displaced: [{ refund: known[1], keepsMinor: 0 }],
    })
  })

  test('an automatic one sends back what is left', () => {
    const known = [row('a', { reason: 'late_capture', amountMinor: 1_000 })]
    const plan = planRecord(known, 1_000, shown(300))
    expect(plan).toEqual({ step: 'add', state: 'completed', displaced: [{ refund: known[0], keepsMinor: 700 }] })
  })

  test('one for which there cannot be room is for a person', () => {
    const known = [row('c', { paypalRefundId: 'R1', state: 'completed' })]
    expect(planRecord(known, 500, shown(300))).toEqual({ step: 'unmatched', displaced: [], spentMinor: 400 })
  })

  test('a failed refund takes no room', () => {
    expect(planRecord([row('a', { state: 'failed' })], 400, shown(400))).toMatchObject({ step: 'add', displaced: [] })
  })

  test('one of ours that failed and was carried out after all needs room like any other', () => {
    const known = [row('a', { state: 'failed' }), row('b')]
    const plan = planRecord(known, 400, shown(400, { customId: 'a' }))
    expect(plan).toEqual({
      step: 'settle',
      refund: known[0],
      state: 'completed',
      displaced: [{ refund: known[1], keepsMinor: 0 }],
    })
  })

  test('what a bank took takes its room beside what was refunded, up to all that was captured', () => {
    const known = [row('a', { paypalRefundId: 'R1', state: 'completed' }), row('b')]
    expect(planRecord(known, 500, shown(500), 'reversal')).toEqual({ step: 'add', state: 'completed', displaced: [] })
    expect(planRecord(known, 500, shown(501), 'reversal')).toMatchObject({ step: 'unmatched' })
    const taken = [
      ...known,
      row('c', { paypalRefundId: 'R2', state: 'completed', reason: 'reversal', amountMinor: 500 }),
    ]
    expect(planRecord(taken, 500, shown(1), 'reversal')).toMatchObject({ step: 'unmatched', spentMinor: 500 })
    expect(planRecord(taken, 500, shown(100))).toMatchObject({ step: 'add' })
  })

  test('one that was complete and has failed at PayPal is for a person', () => {
    const known = [row('a', { paypalRefundId: 'R9', state: 'completed' })]
    expect(planRecord(known, 500, shown(400, { status: 'FAILED' }))).toEqual({ step: 'contradicted', refund: known[0] })
    expect(planRecord(known, 500, shown(400, { status: 'PENDING' }))).toEqual({ step: 'nothing' })
  })

  test('the end of an earlier try says nothing of the one that is under way, unless the money went back by it', () => {
    const known = [row('a', { sendSeq: 1 })]
    expect(planRecord(known, 500, shown(400, { customId: 'a', status: 'FAILED' }))).toEqual({ step: 'nothing' })
    expect(planRecord(known, 500, shown(400, { customId: 'a' }))).toMatchObject({ step: 'settle', state: 'completed' })
    expect(planRecord(known, 500, shown(400, { customId: 'a.1', status: 'FAILED' }))).toMatchObject({
      step: 'settle',
      state: 'failed',
    })
  })

  test('one of ours that failed is waited for while it is under way', () => {
    const known = [row('a', { state: 'failed' })]
    expect(planRecord(known, 400, shown(400, { customId: 'a', status: 'PENDING' }))).toEqual({ step: 'nothing' })
  })
})

describe('sending', () => {
  test('whoever has tried before looks first, and what PayPal has accepted is asked about', () => {
    expect(planSend({ state: 'pending', tries: 1, sendSeq: 0 })).toBe('call')
    expect(planSend({ state: 'pending', tries: 2, sendSeq: 0 })).toBe('look_first')
    expect(planSend({ state: 'pending', tries: 1, sendSeq: 1 })).toBe('look_first')
    expect(planSend({ state: 'sent', tries: 1, sendSeq: 0 })).toBe('ask')
    expect(planSend({ state: 'completed', tries: 2, sendSeq: 0 })).toBe('done')
  })

  test('without PayPal’s list a refund is sent while nothing has gone back, or while its key is remembered', () => {
    const day = (count: number) => new Date(count * 86_400_000)
    const asked = (tries: number) => ({ tries, createdAt: day(0) })
    expect(planUnseen({ status: 'COMPLETED' }, asked(2), day(400))).toBe('call')
    expect(planUnseen({ status: 'PARTIALLY_REFUNDED' }, asked(2), day(39))).toBe('call')
    expect(planUnseen({ status: 'REFUNDED' }, asked(2), day(40))).toBe('give_up')
    expect(planUnseen({ status: 'PARTIALLY_REFUNDED' }, asked(1), day(400))).toBe('call')
  })

  test('only an attempt that waits for its refund is moved on by it', () => {
    const moved = (state: 'sent' | 'completed' | 'failed', isAllBack: boolean) =>
      ATTEMPT_STATES.flatMap(
        (attempt) => attemptAfterRefund(attempt, { state, reason: 'late_capture', isAllBack }) ?? [],
      )
    expect(moved('completed', true)).toEqual(['refunded', 'refunded'])
    expect(moved('completed', false)).toEqual([])
    expect(moved('failed', false)).toEqual(['review'])
    expect(moved('failed', true)).toEqual(['refunded', 'refunded'])
    expect(moved('sent', false)).toEqual([])
    const foreign = { state: 'failed', reason: 'paypal', isAllBack: false } as const
    expect(attemptAfterRefund('refunding', foreign)).toBeNull()
    const rest = { state: 'failed', reason: 'merchant', isRest: true, isAllBack: false } as const
    expect(attemptAfterRefund('refunding', rest)).toBe('review')
    expect(attemptAfterRefund('refunding', { ...rest, lastIssue: REFUNDED_AT_PAYPAL })).toBeNull()
  })

  test('a refund that is taken up again is for as much as before, or by itself for what is left', () => {
    const others = [row('b', { state: 'completed' }), row('c', { state: 'failed', amountMinor: 900 })]
    const failed = (change: Partial<KnownRefund>) => row('a', { state: 'failed', ...change })
    expect(planRetry(failed({ amountMinor: 600 }), others, 1_000)).toBe(600)
    expect(planRetry(failed({ amountMinor: 601 }), others, 1_000)).toBe(0)
    expect(planRetry(failed({ amountMinor: 1_000, reason: 'mismatch' }), others, 1_000)).toBe(600)
    expect(planRetry(failed({ amountMinor: 1_000, isRest: true }), others, 1_000)).toBe(600)
    const returned = [row('b', { state: 'completed', reason: 'reversal', returnedMinor: 400 })]
    expect(planRetry(failed({ amountMinor: 1_000 }), returned, 1_000)).toBe(1_000)
  })

  test('money that goes back by itself is what is left, or stands for what is gone', () => {
    expect(automaticRefundMinor(1_000, 0)).toBe(1_000)
    expect(automaticRefundMinor(1_000, 400)).toBe(600)
    expect(automaticRefundMinor(1_000, 1_000)).toBe(1_000)
  })
})

test('a refund that is complete stays so', () => {
  for (const state of REFUND_STATES) expect(REFUND_MOVES.completed).not.toContain(state)
})
