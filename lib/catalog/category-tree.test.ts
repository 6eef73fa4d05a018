import { describe, expect, it } from 'vitest'

import { childrenOf, findByPath, idsBelow, trailOf } from './category-tree'

const row = (id: number, parentId: number | null, slug: string) => ({
  id,
  parentId,
  slug,
  name: slug,
  description: '',
  picture: null,
  productCount: 0,
})
const TREE = [row(1, null, 'prints'), row(2, 1, 'contours'), row(3, 2, 'islands'), row(4, null, 'cards')]

describe('the category tree', () => {
  it('finds a category at its one true path and nowhere else', () => {
    expect(findByPath(TREE, ['prints', 'contours'])?.id).toBe(2)
    expect(findByPath(TREE, ['contours'])).toBeNull()
    expect(findByPath(TREE, ['cards', 'contours'])).toBeNull()
    expect(findByPath(TREE, [])).toBeNull()
  })

  it('counts a category among those below it', () => {
    expect(idsBelow(TREE, 1)).toEqual([1, 2, 3])
    expect(idsBelow(TREE, 4)).toEqual([4])
  })

  it('gives children their whole path', () => {
    expect(childrenOf(TREE, 2).map(({ path }) => path)).toEqual([['prints', 'contours', 'islands']])
    expect(childrenOf(TREE, null).map(({ slug }) => slug)).toEqual(['prints', 'cards'])
  })

  it('does not hang on a loop', () => {
    const loop = [row(1, 2, 'a'), row(2, 1, 'b')]
    expect(trailOf(loop, 1).map(({ slug }) => slug)).toEqual(['b', 'a'])
  })
})
