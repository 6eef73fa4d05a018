import { describe, expect, test } from 'vitest'

import { spreadReturn } from './reversal'

const taken = (id: string, amountMinor: number, returnedMinor = 0) => ({ id, amountMinor, returnedMinor })
const spread = (reversals: Parameters<typeof spreadReturn>[0], amountMinor: number) =>
  spreadReturn(reversals, amountMinor)?.map((share) => [share.reversal.id, share.amountMinor]) ?? null

describe('what a bank gives back', () => {
  test('is the reversal of just this amount, if there is one', () => {
    expect(spread([taken('a', 100), taken('b', 60)], 60)).toEqual([['b', 60]])
    expect(spread([taken('a', 100), taken('b', 100, 40)], 60)).toEqual([['b', 60]])
  })

  test('is part of one, or several, the oldest first, when it comes in other portions', () => {
    expect(spread([taken('a', 100)], 60)).toEqual([['a', 60]])
    expect(spread([taken('a', 60), taken('b', 40)], 100)).toEqual([
      ['a', 60],
      ['b', 40],
    ])
    expect(spread([taken('a', 60, 60), taken('b', 40, 10)], 20)).toEqual([['b', 20]])
  })

  test('is never more than was taken', () => {
    expect(spread([taken('a', 100, 50)], 51)).toBeNull()
    expect(spread([], 1)).toBeNull()
    expect(spread([taken('a', 100)], 0)).toBeNull()
  })
})
