import { describe, expect, test } from 'vitest'

import { planTimeline, type OrderHistory } from './order-timeline'

const day = (number: number) => new Date(Date.UTC(2027, 0, number))
const paid: OrderHistory = {
  state: 'created',
  placedAt: day(1),
  deliveredAt: null,
  cancelledAt: null,
  parcels: [],
  total: { minor: 5_000, currency: 'USD' },
  refunds: [],
}
const refund = { amountMinor: 2_000, createdAt: day(2), completedAt: null, returnedMinor: 0 } as const

describe('an order’s timeline', () => {
  test('begins with the payment, and a parcel is to come', () => {
    expect(planTimeline(paid)).toEqual({
      events: [{ kind: 'paid', at: day(1) }],
      deliveryAhead: true,
      packingAhead: true,
      goneBackMinor: 0,
    })
  })

  test('tells of delivery and of money that went back, in the order in which they happened', () => {
    const refunds = [{ ...refund, state: 'completed', completedAt: day(4) }] as const
    const { events, deliveryAhead } = planTimeline({ ...paid, state: 'delivered', deliveredAt: day(3), refunds })
    expect(events.map(({ kind }) => kind)).toEqual(['paid', 'delivered', 'refunded'])
    expect(deliveryAhead).toBe(false)
  })

  test('tells of each parcel with what it is followed by, and promises no more packing once all is sent', () => {
    const parcel = { carrier: 'UPS', trackingNumber: '1Z', trackingUrl: 'https://www.ups.com/track?tracknum=1Z' }
    const parcels = [{ ...parcel, shippedAt: day(2) }]
    const { events, packingAhead, deliveryAhead } = planTimeline({ ...paid, state: 'shipped', parcels })
    expect(events[1]).toEqual({ kind: 'shipped', at: day(2), ...parcel })
    expect({ packingAhead, deliveryAhead }).toEqual({ packingAhead: false, deliveryAhead: true })
    expect(planTimeline({ ...paid, state: 'partly_shipped', parcels }).packingAhead).toBe(true)
  })

  test('of a cancelled order promises nothing', () => {
    const { events, packingAhead, deliveryAhead } = planTimeline({ ...paid, state: 'cancelled', cancelledAt: day(2) })
    expect(events.map(({ kind }) => kind)).toEqual(['paid', 'cancelled'])
    expect({ packingAhead, deliveryAhead }).toEqual({ packingAhead: false, deliveryAhead: false })
  })

  test('tells of money on its way, and says nothing of a refund that failed', () => {
    const refunds = [
      { ...refund, state: 'sent' },
      { ...refund, state: 'failed' },
    ] as const
    expect(planTimeline({ ...paid, refunds }).events.map(({ kind }) => kind)).toEqual(['paid', 'refund_begun'])
  })

  test('of money that a bank took and has given the shop again tells both, and the parcel is to come again', () => {
    const taken = { ...refund, amountMinor: 5_000, state: 'completed', completedAt: day(3) } as const
    const lost = planTimeline({ ...paid, refunds: [taken] })
    expect(lost).toMatchObject({ goneBackMinor: 5_000, deliveryAhead: false })
    const won = planTimeline({ ...paid, refunds: [{ ...taken, returnedMinor: 5_000 }] })
    expect(won).toMatchObject({ goneBackMinor: 0, deliveryAhead: true, packingAhead: true })
    expect(won.events.at(-1)).toEqual({ kind: 'came_again', at: day(3), amount: { minor: 5_000, currency: 'USD' } })
    const part = planTimeline({ ...paid, refunds: [{ ...taken, returnedMinor: 2_000 }] })
    expect(part).toMatchObject({ goneBackMinor: 3_000, deliveryAhead: true })
    expect(part.events.slice(1)).toMatchObject([
      { kind: 'refunded', amount: { minor: 3_000 } },
      { kind: 'came_again', amount: { minor: 2_000 } },
    ])
  })

  test('counts what stayed with the buyer, beside what came again', () => {
    const refunds = [
      { ...refund, state: 'completed' },
      { ...refund, state: 'completed', returnedMinor: 2_000 },
      { ...refund, state: 'failed' },
    ] as const
    expect(planTimeline({ ...paid, refunds }).goneBackMinor).toBe(2_000)
  })

  test('promises no parcel once all the money goes back', () => {
    const refunds = [{ ...refund, amountMinor: 5_000, state: 'pending' }] as const
    expect(planTimeline({ ...paid, refunds }).deliveryAhead).toBe(false)
  })
})
