import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { CATALOG_SORTS, parseCatalogPath, toCatalogHref, type CatalogPath } from './catalog-path'

const slug = fc
  .stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}$/)
  .filter((text) => text !== 'page' && text !== 'sort')
const path: fc.Arbitrary<CatalogPath> = fc.record({
  categoryPath: fc.array(slug, { minLength: 1, maxLength: 4 }),
  sort: fc.constantFrom(...CATALOG_SORTS),
  page: fc.integer({ min: 1, max: 9999 }),
})
const segmentsOf = (href: string) => href.replace(/^\/categories\//, '').split('/')

describe('the address of a list', () => {
  test('leads back to the list it was made for', () => {
    fc.assert(
      fc.property(path, (list) => {
        expect(parseCatalogPath(segmentsOf(toCatalogHref(list)))).toEqual(list)
      }),
    )
  })

  test('is the only one: whatever is read is written back the same', () => {
    const segment = fc.oneof(slug, fc.constantFrom('page', 'sort', '1', '2', '02', ...CATALOG_SORTS), fc.string())
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
        const list = parseCatalogPath(segments)
        if (list) expect(segmentsOf(toCatalogHref(list))).toEqual(segments)
      }),
    )
  })

  test.each([
    ['nothing', []],
    ['the first page spelled out', ['prints', 'page', '1']],
    ['page 0', ['prints', 'page', '0']],
    ['a page with a leading zero', ['prints', 'page', '02']],
    ['a page too many', ['prints', 'page', '10000']],
    ['the usual order spelled out', ['prints', 'sort', 'new']],
    ['an unknown order', ['prints', 'sort', 'random']],
    ['page before order', ['prints', 'page', '2', 'sort', 'name']],
    ['a page of no category', ['page', '2']],
    ['capitals', ['Prints']],
    ['a path upwards', ['..', 'prints']],
    ['five levels', ['a', 'b', 'c', 'd', 'e']],
  ])('%s is no address', (_what, segments) => {
    expect(parseCatalogPath(segments)).toBeNull()
  })
})
