import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { deliveryPrice, listDeliveryChoices, type DeliveryMethod, type DeliveryRate, type Parcel } from './delivery'

const price = fc.integer({ min: 0, max: 10_000 })
const parcel: fc.Arbitrary<Parcel> = fc.record({
  itemsMinor: fc.integer({ min: 0, max: 1_000_000 }),
  weightGrams: fc.integer({ min: 0, max: 60_000 }),
})
const bands = fc.uniqueArray(fc.record({ upToGrams: fc.integer({ min: 1, max: 50_000 }), priceMinor: price }), {
  selector: ({ upToGrams }) => upToGrams,
  maxLength: 6,
})
const rate: fc.Arbitrary<DeliveryRate> = fc.oneof(
  fc.record({ kind: fc.constant('flat' as const), priceMinor: price }),
  fc.record({
    kind: fc.constant('free_above' as const),
    priceMinor: price,
    freeFromMinor: fc.integer({ min: 0, max: 100_000 }),
  }),
  fc.record({ kind: fc.constant('by_weight' as const), bands }),
)
const methods: fc.Arbitrary<DeliveryMethod[]> = fc
  .array(rate, { maxLength: 8 })
  .map((rates) =>
    rates.map((own, index) => ({ id: index + 1, name: `Method ${index + 1}`, estimate: 'soon', rate: own })),
  )

describe('the price of a delivery', () => {
  test('free from the threshold on, and not a cent below it', () => {
    const free: DeliveryRate = { kind: 'free_above', priceMinor: 495, freeFromMinor: 7_500 }
    expect(deliveryPrice(free, { itemsMinor: 7_499, weightGrams: 1 })).toBe(495)
    expect(deliveryPrice(free, { itemsMinor: 7_500, weightGrams: 1 })).toBe(0)
  })

  test('a parcel costs what the lightest band that carries it costs, whatever order the bands come in', () => {
    fc.assert(
      fc.property(bands, parcel, (own, it) => {
        const fitting = own.filter(({ upToGrams }) => it.weightGrams <= upToGrams)
        const lightest = Math.min(...fitting.map(({ upToGrams }) => upToGrams))
        const expected = fitting.find(({ upToGrams }) => upToGrams === lightest)?.priceMinor ?? null
        expect(deliveryPrice({ kind: 'by_weight', bands: own }, it)).toBe(expected)
        expect(deliveryPrice({ kind: 'by_weight', bands: own.toReversed() }, it)).toBe(expected)
      }),
    )
  })

  test('a band carries up to and including its weight', () => {
    const own: DeliveryRate = { kind: 'by_weight', bands: [{ upToGrams: 1000, priceMinor: 700 }] }
    expect(deliveryPrice(own, { itemsMinor: 0, weightGrams: 1000 })).toBe(700)
    expect(deliveryPrice(own, { itemsMinor: 0, weightGrams: 1001 })).toBeNull()
  })
})

describe('the choices', () => {
  test('exactly the methods that can carry the parcel, cheapest first', () => {
    fc.assert(
      fc.property(methods, parcel, (known, it) => {
        const choices = listDeliveryChoices(known, it)
        const able = known.filter((method) => deliveryPrice(method.rate, it) !== null)
        expect(new Set(choices.map(({ methodId }) => methodId))).toEqual(new Set(able.map(({ id }) => id)))
        expect(choices).toHaveLength(able.length)
        const prices = choices.map(({ priceMinor }) => priceMinor)
        expect(prices).toEqual(prices.toSorted((a, b) => a - b))
      }),
    )
  })
})
