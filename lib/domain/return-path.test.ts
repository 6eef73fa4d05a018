import { describe, expect, test } from 'vitest'

import { parseReturnPath, STAFF_PATH_MAX } from './return-path'

describe('after signing in one stays in the shop', () => {
  test.each(['/', '/cart', '/products/contour?size=A3', '/checkout?step=address'])('%s is gone back to', (path) => {
    expect(parseReturnPath(path)).toBe(path)
  })

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/..//evil.example',
    'javascript:alert(1)',
    '\\\\evil.example',
    '/ok\r\nset-cookie: a=b',
    '',
    'cart',
    `/${'a'.repeat(600)}`,
    null,
    ['/cart'],
    '/sign-in?to=/sign-in',
    '/sign-out',
    '/api/auth/callback/oidc',
  ])('%j is not', (path) => {
    expect(parseReturnPath(path)).toBe('/account')
  })

  test('a long list of the back office comes along, also through the set-up of a second factor', () => {
    const list = `/admin/orders?q=${'a'.repeat(700)}`
    const setUp = `/admin/second-factor/set-up?to=${encodeURIComponent(list)}`
    expect([parseReturnPath(list), parseReturnPath(setUp)]).toEqual([list, setUp])
    expect(parseReturnPath(`/admin?q=${'a'.repeat(STAFF_PATH_MAX)}`, '/admin')).toBe('/admin')
    expect(parseReturnPath(`/administer?q=${'a'.repeat(700)}`)).toBe('/account')
  })

  test('what follows the hash stays behind', () => {
    expect(parseReturnPath('/cart#x')).toBe('/cart')
  })
})
