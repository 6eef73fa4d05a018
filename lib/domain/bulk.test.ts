import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { judgeBulk, parseTrackingList, rowsOfChosen } from './bulk'
import { makeOrderNumber } from './order-number'
import type { FulfillableOrder } from './fulfilment'

const A = makeOrderNumber(new Uint8Array(9))
const B = makeOrderNumber(new Uint8Array(9).fill(7))

describe('a pasted list', () => {
  test('is read with commas, semicolons or tabs, with titles or without, and as people write numbers', () => {
    const row = { orderNumber: A, carrier: 'UPS', trackingNumber: '1Z 999', problem: null }
    for (const text of [
      `${A},UPS,1Z 999`,
      `${A};UPS;1Z 999`,
      `${A}\tUPS\t1Z 999`,
      `\uFEFForder,carrier,tracking\r\n${A},UPS,1Z 999\r\n\r\n`,
      `${A.toLowerCase().replace('-', ' ')}, UPS , 1Z 999 `,
      `"${A}","UPS","1Z 999"`,
    ]) {
      expect(parseTrackingList(text), text).toEqual([row])
    }
  })

  test('may name a carrier with a separator in quotes, and leave the number out', () => {
    expect(parseTrackingList(`${A},"Smith, Sons ""& Co""",`)).toEqual([
      { orderNumber: A, carrier: 'Smith, Sons "& Co"', trackingNumber: null, problem: null },
    ])
  })

  test('says of each row what is wrong with it, and reads the others', () => {
    const list = [
      `${A},UPS,1`,
      'nonsense,UPS,2',
      `${A},UPS,3`,
      `${B},,4`,
      `${B},UPS,5,more`,
      `${B},UPS,${'9'.repeat(65)}`,
    ]
    expect(parseTrackingList(list.join('\n')).map(({ problem }) => problem)).toEqual([
      null,
      'This is no order number.',
      'This order is in the list already.',
      'The carrier is missing.',
      'This order is in the list already.',
      'This order is in the list already.',
    ])
    expect(parseTrackingList(`${B},UPS,5,more`)[0]?.problem).toBe('There are more than three columns.')
    expect(parseTrackingList(`${B},UPS,${'9'.repeat(65)}`)[0]?.problem).toBe('Carrier or tracking number is too long.')
  })

  test('of anything at all has no row that is both right and without an order’s number', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        for (const row of parseTrackingList(text)) {
          expect(row.problem !== null || row.orderNumber.length === 11).toBe(true)
          expect(row.carrier.length <= 80 && (row.trackingNumber?.length ?? 0) <= 64).toBe(true)
        }
      }),
    )
  })
})

test('chosen orders are each there once, and nothing else is', () => {
  expect(rowsOfChosen([A, B, A, 'nonsense', '']).map(({ orderNumber }) => orderNumber)).toEqual([A, B])
})

test('what cannot be done with an order is said before it is tried', () => {
  const order = (more: Partial<FulfillableOrder>): FulfillableOrder => ({
    state: 'created',
    isHeld: false,
    items: [
      { position: 0, quantity: 2, shippedQuantity: 0, refundedQuantity: 0, returnedQuantity: 0, refundingQuantity: 0 },
    ],
    ...more,
  })
  expect(judgeBulk('start', order({}))).toBeNull()
  expect(judgeBulk('ship', order({}))).toBeNull()
  expect(judgeBulk('ship', null)).toBe('There is no such order.')
  expect(judgeBulk('start', order({ state: 'shipped' }))).toBe('It is shipped.')
  expect(judgeBulk('ship', order({ state: 'cancelled' }))).toBe('It is cancelled.')
  expect(judgeBulk('ship', order({ isHeld: true }))).toBe('It is held.')
  const sent = [
    { position: 0, quantity: 2, shippedQuantity: 2, refundedQuantity: 0, returnedQuantity: 0, refundingQuantity: 0 },
  ]
  expect(judgeBulk('ship', order({ state: 'shipped', items: sent }))).toBe('Nothing of it is left to send.')
})
