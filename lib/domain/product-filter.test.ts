import { expect, test } from 'vitest'

import { parseProductCursor, parseProductFilter, productQuery } from './product-filter'

test('a place in the list comes back as it was, and what is none is the first page', () => {
  const cursor = { name: 'contour no. 14_b', id: 14 }
  const query = new URLSearchParams(productQuery(parseProductFilter({}), cursor))
  expect(parseProductCursor(query.get('after'))).toEqual(cursor)
  for (const odd of [undefined, '', '0_a', '1_', '9999999999_a', '5_\0', '5_a\0b', ['1_a']]) {
    expect(parseProductCursor(odd)).toBeNull()
  }
})

test('a search for what nobody can write is none', () => {
  expect(parseProductFilter({ q: '\0' }).search).toBeNull()
})
