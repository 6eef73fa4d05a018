import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { planRefund, type RefundableOrder } from './refund-request'

/** 2 x 20.00 and 1 x 10.00, delivery 5.00, tax 10 % on the goods: 60.00. */
const order: RefundableOrder = {
  totalMinor: 6_000,
  deliveryMinor: 500,
  refundedMinor: 0,
  refundedDeliveryMinor: 0,
  items: [
    { position: 0, quantity: 2, refundedQuantity: 0, lineTotalMinor: 4_000 },
    { position: 1, quantity: 1, refundedQuantity: 0, lineTotalMinor: 1_000 },
  ],
}

const line = (position: number, quantity: number, restock = true) => ({ position, quantity, restock })

describe('how much goes back', () => {
  test('an item takes its share of the tax along', () => {
    expect(planRefund(order, { kind: 'lines', lines: [line(0, 1)], withDelivery: false })).toEqual({
      kind: 'planned',
      amountMinor: 2_200,
      deliveryMinor: 0,
      items: [{ position: 0, quantity: 1, amountMinor: 2_200, restock: true }],
    })
  })

  test('delivery goes back only when asked for', () => {
    const outcome = planRefund(order, { kind: 'lines', lines: [line(1, 1)], withDelivery: true })
    expect(outcome).toMatchObject({ kind: 'planned', amountMinor: 1_600 })
  })

  test('the delivery charge goes back once, by itself or with the rest', () => {
    const request = { kind: 'lines', lines: [], withDelivery: true } as const
    expect(planRefund(order, request)).toMatchObject({ amountMinor: 500, deliveryMinor: 500 })
    const gone = { ...order, refundedMinor: 500, refundedDeliveryMinor: 500 }
    expect(planRefund(gone, request)).toEqual({ kind: 'delivery_gone' })
    const inPart = { ...order, refundedMinor: 200, refundedDeliveryMinor: 200 }
    expect(planRefund(inPart, request)).toMatchObject({ amountMinor: 300, deliveryMinor: 300 })
    expect(planRefund(gone, { kind: 'rest', restock: false })).toMatchObject({ amountMinor: 5_500, deliveryMinor: 0 })
    expect(planRefund(order, { kind: 'rest', restock: false })).toMatchObject({ deliveryMinor: 500 })
  })

  test('pieces that a discount has paid for whole have nothing to give back', () => {
    const items = [{ position: 0, quantity: 2, refundedQuantity: 0, lineTotalMinor: 1_600 }]
    const paid = { totalMinor: 501, deliveryMinor: 500, refundedMinor: 0, refundedDeliveryMinor: 0, items }
    const lines = [line(0, 1)]
    expect(planRefund(paid, { kind: 'lines', lines, withDelivery: false })).toEqual({ kind: 'nothing_paid' })
    expect(planRefund(paid, { kind: 'lines', lines, withDelivery: true })).toMatchObject({ amountMinor: 500 })
  })

  test('the rest is whatever has not gone back yet, to the last cent', () => {
    expect(planRefund({ ...order, refundedMinor: 1_234 }, { kind: 'rest', restock: false })).toMatchObject({
      kind: 'planned',
      amountMinor: 4_766,
    })
  })

  test('more than is left is refused with what is left', () => {
    const spent = { ...order, refundedMinor: 5_000 }
    expect(planRefund(spent, { kind: 'amount', amountMinor: 1_001 })).toEqual({ kind: 'too_much', leftMinor: 1_000 })
    expect(planRefund({ ...order, refundedMinor: 6_000 }, { kind: 'rest', restock: false })).toEqual({
      kind: 'nothing_left',
    })
  })

  test('an item cannot go back more often than it was bought', () => {
    const request = { kind: 'lines' as const, lines: [line(0, 3)], withDelivery: false }
    expect(planRefund(order, request)).toEqual({ kind: 'too_many', position: 0, leftQuantity: 2 })
    expect(planRefund(order, { ...request, lines: [line(7, 1)] })).toMatchObject({ kind: 'too_many', leftQuantity: 0 })
  })

  test('piece by piece, everything that is not delivery goes back exactly once', () => {
    const items = fc.array(
      fc.record({ quantity: fc.integer({ min: 1, max: 5 }), unit: fc.integer({ min: 1, max: 9_999 }) }),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    fc.assert(
      fc.property(items, fc.nat(3_000), fc.nat(2_000), fc.nat(500), (bought, delivery, tax, discount) => {
        const listed = bought.reduce((sum, item) => sum + item.quantity * item.unit, 0)
        const goods = Math.max(listed + tax - discount, 1)
        let current: RefundableOrder = {
          totalMinor: goods + delivery,
          deliveryMinor: delivery,
          refundedMinor: 0,
          refundedDeliveryMinor: 0,
          items: bought.map(({ quantity, unit }, position) => ({
            position,
            quantity,
            refundedQuantity: 0,
            lineTotalMinor: quantity * unit,
          })),
        }
        for (const item of current.items) {
          let waiting = 0
          for (let piece = 0; piece < item.quantity; piece++) {
            const lines = [line(item.position, waiting + 1)]
            const planned = planRefund(current, { kind: 'lines', lines, withDelivery: false })
            if (planned.kind === 'nothing_left') expect(current.refundedMinor).toBe(current.totalMinor)
            // A piece whose share is nothing comes back with those after it.
            else if (planned.kind !== 'planned') expect(planned.kind).toBe('nothing_paid')
            if (planned.kind !== 'planned') {
              waiting += 1
              continue
            }
            waiting = 0
            expect(planned.amountMinor).toBeGreaterThan(0)
            current = {
              ...current,
              refundedMinor: current.refundedMinor + planned.amountMinor,
              items: current.items.map((other) =>
                other.position === item.position
                  ? { ...other, refundedQuantity: other.refundedQuantity + (planned.items[0]?.quantity ?? 0) }
                  : other,
              ),
            }
          }
        }
        expect(current.refundedMinor).toBe(goods)
      }),
    )
  })
})
