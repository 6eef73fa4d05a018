import { expect, test } from 'vitest'

import { readWish, wishQuery } from './wish'

const read = (asked: Record<string, unknown>) => readWish(asked, 'USD')?.read

test('a wish is what the address or the form says, and survives its own address', () => {
  const asked = { give: 'lines', 'quantity.0': '2', 'quantity.1': '', restock: '1', withDelivery: '1', note: 'x' }
  const wish = readWish(asked, 'USD')
  expect(wish?.read).toEqual({
    request: { kind: 'lines', lines: [{ position: 0, quantity: 2, restock: true }], withDelivery: true },
  })
  expect(wish && readWish(Object.fromEntries(new URLSearchParams(wishQuery(wish))), 'USD')).toEqual(wish)
  expect(read({ give: 'amount', amount: ' 5.00 ', restock: '1' })).toEqual({
    request: { kind: 'amount', amountMinor: 500 },
  })
  expect(read({ give: 'rest' })).toEqual({ request: { kind: 'rest', restock: false } })
})

test('what cannot be understood has something said beside it, and nothing is no wish', () => {
  for (const amount of ['', '0', '-1', 'a lot', '1e3', '\0', '9'.repeat(40)]) {
    expect(read({ give: 'amount', amount }), amount).toHaveProperty('errors.amount')
  }
  for (const quantity of ['-1', '1.5', 'x', '1e9e', '\0']) {
    expect(read({ give: 'lines', 'quantity.0': quantity }), quantity).toHaveProperty('errors.form')
  }
  expect(read({ give: 'lines' })).toHaveProperty('errors.form')
  for (const asked of [{}, { give: 'all' }, { give: ['rest'] }]) expect(read(asked)).toBeUndefined()
})
