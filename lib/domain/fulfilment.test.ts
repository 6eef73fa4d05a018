import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  findCarrier,
  leftToShip,
  planEnd,
  planMove,
  planParcel,
  trackingUrl,
  type FulfillableOrder,
} from './fulfilment'
import { ORDER_MOVES, ORDER_STATES, type OrderState } from './order'

const ORDER: FulfillableOrder = {
  state: 'created',
  isHeld: false,
  items: [
    { position: 0, quantity: 2, shippedQuantity: 0, refundedQuantity: 0, returnedQuantity: 0, refundingQuantity: 0 },
    { position: 1, quantity: 1, shippedQuantity: 0, refundedQuantity: 0, returnedQuantity: 0, refundingQuantity: 0 },
  ],
}

describe('the life of an order', () => {
  test('ends delivered, cancelled or returned, and from the beginning every state can be reached', () => {
    const seen = new Set<OrderState>(['created'])
    for (const state of seen) for (const next of ORDER_MOVES[state]) seen.add(next)
    expect([...seen].toSorted()).toEqual([...ORDER_STATES].toSorted())
    expect(ORDER_STATES.filter((state) => ORDER_MOVES[state].length === 0)).toEqual(['cancelled', 'returned'])
  })

  test('nothing that is on its way is cancelled', () => {
    for (const state of ['partly_shipped', 'shipped', 'delivered'] as const) {
      expect(planMove({ state, isHeld: false }, 'cancelled')).toEqual({ kind: 'illegal', from: state })
    }
  })

  test('a held order makes no move at all', () => {
    for (const from of ORDER_STATES) {
      for (const to of ORDER_STATES) expect(planMove({ state: from, isHeld: true }, to).kind).not.toBe('move')
    }
  })
})

describe('an order of which a part was sent', () => {
  const begun = (refundedQuantity: number, returnedQuantity = 0, refundingQuantity = 0): FulfillableOrder => ({
    state: 'partly_shipped',
    isHeld: false,
    items: [{ position: 0, quantity: 3, shippedQuantity: 1, refundedQuantity, returnedQuantity, refundingQuantity }],
  })

  test('is shipped once all the rest was refunded, and not before', () => {
    expect(planEnd(begun(2))).toEqual({ kind: 'move', to: 'shipped' })
    expect(planEnd(begun(1))).toEqual({ kind: 'left_to_ship' })
    expect(planEnd(begun(2, 1))).toEqual({ kind: 'left_to_ship' })
    expect(planEnd({ ...begun(2), isHeld: true })).toEqual({ kind: 'held' })
  })

  test('is not shipped while the refund of the rest is on its way', () => {
    expect(planEnd(begun(2, 0, 1))).toEqual({ kind: 'refund_on_its_way' })
    expect(planEnd(begun(1, 0, 1))).toEqual({ kind: 'left_to_ship' })
  })

  test('always has a next step, however much of it was sent and refunded', () => {
    const pieces = fc.record({ sent: fc.integer({ min: 1, max: 4 }), refunded: fc.integer({ min: 0, max: 4 }) })
    fc.assert(
      fc.property(pieces, ({ sent, refunded }) => {
        const items = [
          {
            position: 0,
            quantity: 4,
            shippedQuantity: sent,
            refundedQuantity: refunded,
            returnedQuantity: 0,
            refundingQuantity: 0,
          },
        ]
        const order = { state: 'partly_shipped', isHeld: false, items } as const
        expect([planEnd(order).kind, planParcel(order, 'rest').kind].toSorted()).toEqual(
          planEnd(order).kind === 'move' ? ['move', 'nothing_to_ship'] : ['left_to_ship', 'parcel'],
        )
      }),
    )
  })

  test('which was not begun, or is over, does not end this way', () => {
    for (const state of ['created', 'processing', 'shipped', 'delivered', 'cancelled', 'returned'] as const) {
      expect(planEnd({ ...begun(2), state })).toEqual({ kind: 'illegal', from: state })
    }
  })
})

describe('a parcel', () => {
  test('with everything ships the order, and with a part ships a part', () => {
    expect(planParcel(ORDER, 'rest')).toMatchObject({ kind: 'parcel', to: 'shipped' })
    expect(planParcel(ORDER, [{ position: 0, quantity: 1 }])).toMatchObject({ kind: 'parcel', to: 'partly_shipped' })
  })

  test('holds no more than is left, and not nothing', () => {
    expect(planParcel(ORDER, [{ position: 0, quantity: 3 }])).toEqual({ kind: 'too_many', position: 0, left: 2 })
    expect(planParcel(ORDER, [{ position: 9, quantity: 1 }])).toEqual({ kind: 'too_many', position: 9, left: 0 })
    expect(planParcel(ORDER, [{ position: 0, quantity: 0 }])).toEqual({ kind: 'nothing_to_ship' })
  })

  test('does not hold what was refunded before it was sent', () => {
    const items = [
      { position: 0, quantity: 2, shippedQuantity: 0, refundedQuantity: 1, returnedQuantity: 0, refundingQuantity: 0 },
    ]
    expect(planParcel({ ...ORDER, items }, 'rest')).toEqual({
      kind: 'parcel',
      to: 'shipped',
      items: [{ position: 0, quantity: 1 }],
    })
  })

  test('is not sent while the order is held, not even the second of two', () => {
    expect(planParcel({ ...ORDER, isHeld: true }, 'rest')).toEqual({ kind: 'held' })
    const begun = { ...ORDER, state: 'partly_shipped', isHeld: true } as const
    expect(planParcel(begun, [{ position: 0, quantity: 1 }])).toEqual({ kind: 'held' })
  })

  test('however an order is split, all parcels together hold exactly what was bought', () => {
    const orders = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(orders, fc.infiniteStream(fc.nat()), (quantities, stream) => {
        const picks = stream[Symbol.iterator]()
        const shipped = quantities.map(() => 0)
        let state: OrderState = 'created'
        const left = () =>
          quantities.map((quantity, position) => ({
            position,
            quantity,
            shippedQuantity: shipped[position] ?? 0,
            refundedQuantity: 0,
            returnedQuantity: 0,
            refundingQuantity: 0,
          }))
        while (state !== 'shipped') {
          const open = left().filter((item) => leftToShip(item) > 0)
          const pick = open[(picks.next().value ?? 0) % open.length]
          if (!pick) throw new Error('nothing is left, but the order is not shipped')
          const quantity = 1 + ((picks.next().value ?? 0) % leftToShip(pick))
          const plan = planParcel({ state, isHeld: false, items: left() }, [{ position: pick.position, quantity }])
          if (plan.kind !== 'parcel') throw new Error(plan.kind)
          for (const item of plan.items) shipped[item.position] = (shipped[item.position] ?? 0) + item.quantity
          state = plan.to
        }
        expect(shipped).toEqual(quantities)
      }),
    )
  })
})

describe('a carrier', () => {
  test('is known by its name or code, in any case', () => {
    expect(findCarrier(' royal mail ')).toEqual({ code: 'ROYAL_MAIL', name: 'Royal Mail' })
    expect(findCarrier('fedex')).toEqual({ code: 'FEDEX', name: 'FedEx' })
  })

  test('that nobody knows is one all the same, without a page to follow', () => {
    expect(findCarrier('Bicycle Post')).toEqual({ code: 'OTHER', name: 'Bicycle Post' })
    expect(trackingUrl('OTHER', '1')).toBeNull()
  })

  test('gets the number as it is, whatever is in it', () => {
    expect(trackingUrl('UPS', '1Z 9/9')).toBe('https://www.ups.com/track?tracknum=1Z%209%2F9')
  })
})
