import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { makeOrderNumber, parseOrderNumber } from './order-number'

const bytes = fc.uint8Array({ minLength: 9, maxLength: 9 })
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

describe('an order number', () => {
  test('is ten unmistakable symbols in two groups, and is recognised', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const number = makeOrderNumber(random)
        expect(number).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
        expect(parseOrderNumber(number)).toBe(number)
      }),
    )
  })

  test('can be typed in lower case, with spaces, and with O, I and L for what they look like', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom('I', 'l'), (random, one) => {
        const number = makeOrderNumber(random)
        const typed = ` ${number.toLowerCase().replaceAll('0', 'o').replaceAll('1', one).replace('-', ' ')} `
        expect(parseOrderNumber(typed)).toBe(number)
      }),
    )
  })

  test('with one wrong symbol is recognised as wrong, unless the symbols are 31 apart', () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 31 }), (random, place, value) => {
        const plain = makeOrderNumber(random).replace('-', '')
        const apart = Math.abs(SYMBOLS.indexOf(plain[place] ?? '') - value)
        fc.pre(apart !== 0 && apart !== 31)
        expect(parseOrderNumber(plain.slice(0, place) + SYMBOLS[value] + plain.slice(place + 1))).toBeNull()
      }),
    )
  })

  test('with two neighbours swapped is recognised as wrong, unless they are 31 apart', () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 0, max: 7 }), (random, place) => {
        const plain = makeOrderNumber(random).replace('-', '')
        const [a, b] = [plain[place] ?? '', plain[place + 1] ?? '']
        const apart = Math.abs(SYMBOLS.indexOf(a) - SYMBOLS.indexOf(b))
        fc.pre(apart !== 0 && apart !== 31)
        expect(parseOrderNumber(plain.slice(0, place) + b + a + plain.slice(place + 2))).toBeNull()
      }),
    )
  })

  test('nothing anybody types makes reading it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const read = parseOrderNumber(typed)
        if (read !== null) expect(parseOrderNumber(read)).toBe(read)
      }),
    )
  })

  test('is not made of less than 45 random bits', () => {
    expect(() => makeOrderNumber(new Uint8Array(8))).toThrow(RangeError)
  })
})
