import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  Cart,
  CART_LINES_MAX,
  CartChange,
  changeCart,
  countItems,
  emptyCart,
  isOfReviewed,
  LINE_QUANTITY_MAX,
  withoutBought,
} from './cart'

const CART_ID = '7d3c2a4e-0b1f-4c7a-9a55-3f1a2b9c8d10'
const NEXT_ID = 'f0c1b2a3-94d5-4e6f-8a7b-6c5d4e3f2a1b'

const variantId = fc.integer({ min: 1, max: 12 })
const quantity = fc.integer({ min: 1, max: LINE_QUANTITY_MAX })
const items: fc.Arbitrary<Cart['items']> = fc.uniqueArray(fc.tuple(variantId, quantity), {
  selector: ([id]) => id,
  maxLength: CART_LINES_MAX,
})
const change: fc.Arbitrary<CartChange> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), variantId, quantity }),
  fc.record({ kind: fc.constant('set' as const), variantId, quantity: fc.integer({ min: 0, max: LINE_QUANTITY_MAX }) }),
)

const cartWith = (lines: Cart['items']): Cart => ({ ...emptyCart(CART_ID), items: lines })
const quantityOf = (cart: Cart, id: number) => cart.items.find(([variant]) => variant === id)?.[1] ?? 0

describe('changing a cart', () => {
  test('no sequence of changes leads out of what the cookie accepts, and no variant stands there twice', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const cart = changes.reduce((current, next) => {
          const outcome = changeCart(current, next)
          return outcome.kind === 'changed' ? outcome.cart : current
        }, emptyCart(CART_ID))
        expect(Cart.safeParse(cart).success).toBe(true)
        expect(new Set(cart.items.map(([id]) => id)).size).toBe(cart.items.length)
      }),
    )
  })

  test('a change touches its own line and no other', () => {
    fc.assert(
      fc.property(items, change, (lines, asked) => {
        const outcome = changeCart(cartWith(lines), asked)
        if (outcome.kind !== 'changed') return
        const others = (cart: Cart) => cart.items.filter(([id]) => id !== asked.variantId)
        expect(others(outcome.cart)).toEqual(others(cartWith(lines)))
        expect(quantityOf(outcome.cart, asked.variantId)).toBe(outcome.quantity)
      }),
    )
  })

  test('adding adds up, setting replaces', () => {
    const cart = cartWith([[1, 2]])
    expect(changeCart(cart, { kind: 'add', variantId: 1, quantity: 3 })).toMatchObject({ cart: { items: [[1, 5]] } })
    expect(changeCart(cart, { kind: 'set', variantId: 1, quantity: 3 })).toMatchObject({ cart: { items: [[1, 3]] } })
  })

  test('setting 0 removes the line', () => {
    expect(
      changeCart(
        cartWith([
          [1, 2],
          [2, 1],
        ]),
        { kind: 'set', variantId: 1, quantity: 0 },
      ),
    ).toMatchObject({
      cart: { items: [[2, 1]] },
    })
  })

  test('a line stops at its limit and says what is there', () => {
    const cart = cartWith([[1, LINE_QUANTITY_MAX]])
    expect(changeCart(cart, { kind: 'add', variantId: 1, quantity: 1 })).toEqual({
      kind: 'line_full',
      quantity: LINE_QUANTITY_MAX,
    })
  })

  test('a full cart takes no further line, but its lines can still be changed', () => {
    const full = cartWith(Array.from({ length: CART_LINES_MAX }, (_, index): [number, number] => [index + 1, 1]))
    expect(changeCart(full, { kind: 'add', variantId: 999, quantity: 1 })).toEqual({ kind: 'cart_full' })
    expect(changeCart(full, { kind: 'add', variantId: 1, quantity: 1 })).toMatchObject({ kind: 'changed', quantity: 2 })
  })

  test('every change counts up the revision and keeps the id', () => {
    const outcome = changeCart(cartWith([]), { kind: 'add', variantId: 1, quantity: 1 })
    expect(outcome).toMatchObject({ cart: { cartId: CART_ID, revision: 1 } })
  })

  test('the badge counts pieces, not lines', () => {
    expect(
      countItems(
        cartWith([
          [1, 2],
          [2, 5],
        ]),
      ),
    ).toBe(7)
    expect(countItems(cartWith([]))).toBe(0)
  })
})

describe('what a shopper can ask for', () => {
  test.each([
    ['quantity 0', { kind: 'add', variantId: 1, quantity: 0 }],
    ['a negative quantity', { kind: 'add', variantId: 1, quantity: -1 }],
    ['100 pieces', { kind: 'add', variantId: 1, quantity: 100 }],
    ['half a piece', { kind: 'add', variantId: 1, quantity: 0.5 }],
    ['no number', { kind: 'set', variantId: 1, quantity: Number.NaN }],
    ['a variant that cannot be', { kind: 'add', variantId: 0, quantity: 1 }],
    ['a variant beyond the column', { kind: 'add', variantId: 2_147_483_648, quantity: 1 }],
    ['something else', { kind: 'multiply', variantId: 1, quantity: 1 }],
  ])('%s is not a change', (_what, asked) => {
    expect(CartChange.safeParse(asked).success).toBe(false)
  })
})

describe('what PayPal is being paid for and still checks', () => {
  const reviewed: Cart['items'] = [[7, 2]]

  test('cannot be made more or fewer, only taken out of sight', () => {
    expect(isOfReviewed({ kind: 'set', variantId: 7, quantity: 3 }, reviewed)).toBe(true)
    expect(isOfReviewed({ kind: 'set', variantId: 7, quantity: 0 }, reviewed)).toBe(false)
  })

  test('does not stand in the way of anything else, nor of more of the same in another order', () => {
    expect(isOfReviewed({ kind: 'set', variantId: 8, quantity: 3 }, reviewed)).toBe(false)
    expect(isOfReviewed({ kind: 'add', variantId: 7, quantity: 1 }, reviewed)).toBe(false)
    expect(isOfReviewed({ kind: 'set', variantId: 7, quantity: 3 }, [])).toBe(false)
  })
})

describe('what stays after an order', () => {
  test('a cart that was bought whole is empty', () => {
    fc.assert(
      fc.property(items, (lines) => {
        expect(withoutBought(cartWith(lines), lines, NEXT_ID)).toEqual(emptyCart(NEXT_ID))
      }),
    )
  })

  test('exactly what was not bought is left, under the new id', () => {
    fc.assert(
      fc.property(items, items, (lines, bought) => {
        const left = withoutBought(cartWith(lines), bought, NEXT_ID)
        expect(left.cartId).toBe(NEXT_ID)
        expect(Cart.safeParse(left).success).toBe(true)
        const taken = new Map(bought)
        for (const [id, had] of lines) {
          expect(quantityOf(left, id)).toBe(Math.max(0, had - (taken.get(id) ?? 0)))
        }
        expect(left.items.every(([id]) => quantityOf(cartWith(lines), id) > 0)).toBe(true)
      }),
    )
  })
})
