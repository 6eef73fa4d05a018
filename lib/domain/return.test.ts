import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { leftToShip } from './fulfilment'
import { planRefund } from './refund-request'
import {
  isAllBack,
  leftToReturn,
  planReceipt,
  planReturn,
  RETURN_MOVES,
  RETURN_STATES,
  RETURN_WINDOW_DAYS,
  RETURNS_PER_ORDER_MAX,
  returnDeadline,
  returnRefund,
  TRANSIT_DAYS_MAX,
  type ReturnableItem,
  type ReturnState,
} from './return'

const DAY_MS = 86_400_000
const at = (day: number) => new Date(Date.UTC(2030, 0, 1) + day * DAY_MS)
const item = (more: Partial<ReturnableItem> = {}): ReturnableItem => ({
  position: 0,
  quantity: 3,
  shippedQuantity: 3,
  refundedQuantity: 0,
  returnedQuantity: 0,
  comingBackQuantity: 0,
  ...more,
})
const order = (more: Partial<Parameters<typeof planReturn>[0]> = {}) => ({
  items: [item()],
  deliveredAt: at(0),
  lastShippedAt: at(-2),
  returnsSoFar: 0,
  ...more,
})

describe('the life of a return', () => {
  test('leads from the request to every state, and ends in two of them', () => {
    const reached = new Set<ReturnState>(['requested'])
    for (const state of reached) for (const next of RETURN_MOVES[state]) reached.add(next)
    expect([...reached].toSorted()).toEqual([...RETURN_STATES].toSorted())
    expect(RETURN_STATES.filter((state) => RETURN_MOVES[state].length === 0)).toEqual(['refused', 'refunded'])
  })

  test('gives no money for what has not arrived', () => {
    const before = RETURN_STATES.filter((state) => RETURN_MOVES[state].includes('refunded'))
    expect(before).toEqual(['received'])
  })
})

describe('what can be sent back', () => {
  test('is what was sent, less what comes back already and what was refunded to keep', () => {
    expect(leftToReturn(item())).toBe(3)
    expect(leftToReturn(item({ shippedQuantity: 1 }))).toBe(1)
    expect(leftToReturn(item({ comingBackQuantity: 2 }))).toBe(1)
    expect(leftToReturn(item({ refundedQuantity: 1 }))).toBe(2)
    expect(leftToReturn(item({ refundedQuantity: 2, returnedQuantity: 2, comingBackQuantity: 2 }))).toBe(1)
  })

  test('is never more than was sent, nor less than nothing', () => {
    const anItem = fc.record({
      quantity: fc.integer({ min: 1, max: 9 }),
      shippedQuantity: fc.integer({ min: 0, max: 9 }),
      refundedQuantity: fc.integer({ min: 0, max: 9 }),
      returnedQuantity: fc.integer({ min: 0, max: 9 }),
      comingBackQuantity: fc.integer({ min: 0, max: 9 }),
    })
    fc.assert(
      fc.property(anItem, (some) => {
        const left = leftToReturn({ position: 0, ...some })
        expect(left).toBeGreaterThanOrEqual(0)
        expect(left + some.comingBackQuantity).toBeLessThanOrEqual(
          Math.max(some.shippedQuantity, some.comingBackQuantity),
        )
      }),
    )
  })

  test('can be asked for until the window closes, counted from the delivery or, if nobody marked it, from the parcel', () => {
    expect(returnDeadline({ deliveredAt: null, lastShippedAt: null })).toBeNull()
    expect(returnDeadline(order())).toEqual(at(RETURN_WINDOW_DAYS))
    expect(returnDeadline(order({ deliveredAt: null }))).toEqual(at(-2 + TRANSIT_DAYS_MAX + RETURN_WINDOW_DAYS))
    const one = [{ position: 0, quantity: 1 }]
    expect(planReturn(order(), one, at(RETURN_WINDOW_DAYS)).kind).toBe('planned')
    expect(planReturn(order(), one, at(RETURN_WINDOW_DAYS + 0.001)).kind).toBe('too_late')
    expect(planReturn(order({ deliveredAt: null, lastShippedAt: null }), one, at(0)).kind).toBe('not_sent')
  })

  test('is refused with what is wrong: nothing, too many, a piece of another order, too often', () => {
    const plan = (quantity: number, position = 0) => planReturn(order(), [{ position, quantity }], at(1))
    expect(plan(0)).toEqual({ kind: 'nothing' })
    expect(plan(4)).toEqual({ kind: 'too_many', position: 0, left: 3 })
    expect(plan(1, 7)).toEqual({ kind: 'too_many', position: 7, left: 0 })
    expect(planReturn(order({ returnsSoFar: RETURNS_PER_ORDER_MAX }), [{ position: 0, quantity: 1 }], at(1)).kind).toBe(
      'too_often',
    )
  })
})

describe('what has arrived', () => {
  const asked = [
    { position: 0, quantity: 2 },
    { position: 1, quantity: 1 },
  ]
  const found = (position: number, quantity: number) => ({
    position,
    quantity,
    condition: 'as_new' as const,
    restock: true,
  })

  test('is at most what was asked for, and what is not named was not in the parcel', () => {
    expect(planReceipt(asked, [found(0, 1)])).toMatchObject({
      kind: 'planned',
      lines: [
        { position: 0, quantity: 1, restock: true },
        { position: 1, quantity: 0, restock: false },
      ],
    })
    expect(planReceipt(asked, [found(0, 3)])).toEqual({ kind: 'too_many', position: 0, left: 2 })
    expect(planReceipt(asked, [])).toEqual({ kind: 'nothing' })
  })

  test('is paid back in whole or in part, and never with less than nothing', () => {
    const bought = {
      totalMinor: 6_500,
      deliveryMinor: 500,
      refundedMinor: 0,
      refundedDeliveryMinor: 0,
      items: [{ position: 0, quantity: 3, refundedQuantity: 0, lineTotalMinor: 6_000 }],
    }
    const received = [{ position: 0, receivedQuantity: 2, restock: true }]
    const pay = (withDelivery: boolean, lessMinor: number) =>
      planRefund(bought, returnRefund(received, { withDelivery, lessMinor }))
    expect(pay(false, 0)).toMatchObject({ kind: 'planned', amountMinor: 4_000, items: [{ restock: true }] })
    expect(pay(true, 0)).toMatchObject({ amountMinor: 4_500 })
    expect(pay(false, 1_500)).toMatchObject({ amountMinor: 2_500, items: [{ quantity: 2 }] })
    expect(pay(false, 4_000)).toEqual({ kind: 'too_little' })
  })

  test('makes an order a returned one once all of it was sent and is back', () => {
    const now = [{ position: 0, quantity: 2 }]
    expect(isAllBack([item({ returnedQuantity: 1 })], now)).toBe(true)
    expect(isAllBack([item()], now)).toBe(false)
    expect(isAllBack([item({ returnedQuantity: 1 }), item({ position: 1 })], now)).toBe(false)
    expect(isAllBack([item({ shippedQuantity: 2 })], now)).toBe(false)
  })

  test('was sent, so that nothing that is still to be sent is left out because of it', () => {
    const part = { position: 0, quantity: 3, shippedQuantity: 2, refundedQuantity: 1 }
    expect(leftToShip({ ...part, returnedQuantity: 1 })).toBe(1)
    expect(leftToShip({ ...part, returnedQuantity: 0 })).toBe(0)
  })
})
