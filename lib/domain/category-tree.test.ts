import { expect, test } from 'vitest'

import { depthOf, heightOf, inTreeOrder, isBelow } from './category-tree'

const TREE = [
  { id: 1, parentId: null },
  { id: 4, parentId: null },
  { id: 2, parentId: 1 },
  { id: 3, parentId: 2 },
]

test('a tree knows how deep it is, and what is below what', () => {
  expect([1, 2, 3, 4].map((id) => depthOf(TREE, id))).toEqual([1, 2, 3, 1])
  expect([1, 2, 3, 4].map((id) => heightOf(TREE, id))).toEqual([2, 1, 0, 0])
  expect(isBelow(TREE, 3, 1)).toBe(true)
  expect(isBelow(TREE, 1, 1)).toBe(true)
  expect(isBelow(TREE, 4, 1)).toBe(false)
  expect(inTreeOrder(TREE).map(({ row, depth }) => [row.id, depth])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 1],
  ])
})

test('a ring does not hang', () => {
  const ring = [
    { id: 1, parentId: 2 },
    { id: 2, parentId: 1 },
  ]
  expect(depthOf(ring, 1)).toBe(2)
  expect(isBelow(ring, 1, 2)).toBe(true)
})
