import fc from 'fast-check'
import { expect, test } from 'vitest'

import { planRefund, type RefundableOrder, type RefundRequest } from './refund-request'
import { refundParts } from './refund-parts'

const ORDER: RefundableOrder = {
  totalMinor: 2_500,
  deliveryMinor: 500,
  refundedMinor: 0,
  refundedDeliveryMinor: 0,
  items: [{ position: 0, quantity: 2, refundedQuantity: 0, lineTotalMinor: 2_000 }],
}

function partsOf(order: RefundableOrder, request: RefundRequest) {
  const plan = planRefund(order, request)
  if (plan.kind !== 'planned') throw new Error(plan.kind)
  return { plan, parts: refundParts(order, request, plan) }
}

const item = (quantity: number, amountMinor: number, restock: boolean) =>
  ({ kind: 'item', position: 0, quantity, amountMinor, restock }) as const

test('a refund for pieces is for them, and for the delivery when it is given too, less what is kept', () => {
  const lines = [{ position: 0, quantity: 1, restock: true }]
  expect(partsOf(ORDER, { kind: 'lines', lines, withDelivery: false }).parts).toEqual([item(1, 1_000, true)])
  expect(partsOf(ORDER, { kind: 'lines', lines, withDelivery: true, lessMinor: 100 }).parts).toEqual([
    item(1, 1_000, true),
    { kind: 'delivery', amountMinor: 500 },
    { kind: 'kept', amountMinor: -100 },
  ])
})

test('an amount is for nothing else', () => {
  expect(partsOf(ORDER, { kind: 'amount', amountMinor: 300 }).parts).toEqual([{ kind: 'amount', amountMinor: 300 }])
})

test('all that is left is for all pieces and the delivery, less what went back before', () => {
  expect(partsOf(ORDER, { kind: 'rest', restock: true }).parts).toEqual([
    item(2, 2_000, true),
    { kind: 'delivery', amountMinor: 500 },
  ])
  const gone = { ...ORDER, refundedMinor: 500, refundedDeliveryMinor: 500 }
  expect(partsOf(gone, { kind: 'rest', restock: true }).parts).toEqual([item(2, 2_000, true)])
  expect(partsOf({ ...ORDER, refundedMinor: 300 }, { kind: 'rest', restock: false }).parts).toEqual([
    item(2, 2_000, false),
    { kind: 'delivery', amountMinor: 500 },
    { kind: 'before', amountMinor: -300 },
  ])
})

test('the parts add up to what goes back, whatever went back before', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2_499 }),
      fc.integer({ min: 0, max: 2 }),
      (refundedMinor, refundedQuantity) => {
        const order = { ...ORDER, refundedMinor, items: ORDER.items.map((each) => ({ ...each, refundedQuantity })) }
        const { plan, parts } = partsOf(order, { kind: 'rest', restock: true })
        expect(parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(plan.amountMinor)
      },
    ),
  )
})
