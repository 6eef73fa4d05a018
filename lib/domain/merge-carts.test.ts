import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { Cart, CART_LINES_MAX, LINE_QUANTITY_MAX } from './cart'
import { mergeCarts } from './merge-carts'

describe('a guest’s cart that meets a member’s', () => {
  test('is added to it', () => {
    const merged = mergeCarts(
      [[1, 2]],
      [
        [1, 3],
        [2, 1],
      ],
      new Map([
        [1, 20],
        [2, 5],
      ]),
    )
    expect(merged).toEqual({
      items: [
        [1, 5],
        [2, 1],
      ],
      added: [2],
      summed: [1],
      capped: [],
      short: [],
      leftOut: [],
    })
  })

  test('is capped by what is in stock, and says so', () => {
    expect(mergeCarts([[1, 2]], [[1, 3]], new Map([[1, 4]]))).toEqual({
      items: [[1, 4]],
      added: [],
      summed: [1],
      capped: [1],
      short: [],
      leftOut: [],
    })
  })

  test('never takes away what the member’s had by itself, adds nothing above the stock, and says so', () => {
    const merged = mergeCarts([[1, 2]], [[1, 3]], new Map([[1, 1]]))
    expect(merged).toMatchObject({ items: [[1, 2]], summed: [], capped: [], short: [1] })
  })

  test('brings no more than is in stock when the member’s is empty, and nothing of what is sold out', () => {
    const merged = mergeCarts(
      [],
      [
        [1, 5],
        [2, 1],
      ],
      new Map([
        [1, 3],
        [2, 0],
      ]),
    )
    expect(merged).toMatchObject({ items: [[1, 3]], added: [1], capped: [1], leftOut: [2] })
  })

  const items = fc.uniqueArray(
    fc.tuple(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: LINE_QUANTITY_MAX })),
    {
      selector: ([id]) => id,
      maxLength: CART_LINES_MAX,
    },
  )
  const stock = fc.array(fc.tuple(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 0, max: 150 })))

  test('is always a cart again, and loses nothing without saying so', () => {
    fc.assert(
      fc.property(items, items, stock, (member, guest, available) => {
        const merged = mergeCarts(member, guest, new Map(available))
        expect(Cart.shape.items.safeParse(merged.items).success).toBe(true)
        const now = new Map(merged.items)
        const had = new Map(member)
        const inStock = new Map(available)
        for (const id of merged.leftOut) expect(now.has(id)).toBe(false)
        for (const [id, quantity] of now) {
          const own = had.get(id) ?? 0
          expect(quantity).toBeGreaterThanOrEqual(own)
          expect(quantity).toBeLessThanOrEqual(Math.max(own, inStock.get(id) ?? 0))
        }
        for (const [id, quantity] of guest) {
          const sum = (had.get(id) ?? 0) + quantity
          const noted = [merged.capped, merged.short, merged.leftOut].some((ids) => ids.includes(id))
          expect((now.get(id) ?? 0) < sum).toBe(noted)
        }
      }),
    )
  })
})
