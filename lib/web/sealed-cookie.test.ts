import { sealData } from 'iron-session'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'

import { Cart, CART_LINES_MAX, emptyCart, LINE_QUANTITY_MAX } from '@/lib/domain/cart'
import { getLog } from '@/lib/runtime/log'

import { seal, unseal, type SealedCookie } from './sealed-cookie'

const SECRET = 'a-secret-for-tests-with-more-than-32-characters'
const CART: SealedCookie<Cart> = { name: 'cartwright_cart', schema: Cart, maxAgeSeconds: 3600 }
const cart: Cart = { ...emptyCart('7d3c2a4e-0b1f-4c7a-9a55-3f1a2b9c8d10'), items: [[12, 2]] }

beforeAll(() => {
  Object.assign(process.env, {
    DATABASE_URL: 'postgres://nowhere/shop',
    APP_URL: 'http://localhost:3000',
    SESSION_SECRET: SECRET,
    PAYPAL_ENVIRONMENT: 'simulator',
    PAYPAL_SIMULATOR_URL: 'http://localhost:4010',
    PAYPAL_CLIENT_ID: 'simulator-client',
    PAYPAL_CLIENT_SECRET: 'simulator-secret',
    PAYPAL_MERCHANT_ID: 'SIMULATR00001',
    SMTP_URL: 'smtp://localhost:4025',
    MAIL_FROM: 'Shop <orders@shop.example>',
    MEDIA_DIR: '/nowhere',
  })
})
afterEach(() => vi.restoreAllMocks())

describe('a sealed cart', () => {
  test('comes back as it was put in', async () => {
    expect(await unseal(CART, await seal(CART, cart))).toEqual(cart)
  })

  test('shows nothing of what is in it', async () => {
    expect(await seal(CART, cart)).not.toContain(cart.cartId)
  })

  test('fits a cookie with as many lines and pieces as a cart may hold', async () => {
    const items = Array.from({ length: CART_LINES_MAX }, (_, index): [number, number] => [
      2_147_483_647 - index,
      LINE_QUANTITY_MAX,
    ])
    expect((await seal(CART, { ...cart, revision: 999_999, items })).length).toBeLessThan(3_800)
  })

  test('that does not fit is a bug and throws', async () => {
    const anything: SealedCookie<string> = { ...CART, schema: Cart.shape.cartId }
    await expect(seal(anything, 'x'.repeat(4_000))).rejects.toThrow('does not fit')
  })
})

describe('a cookie that is not ours is no cart and one line in the log', () => {
  const tampered = async () => {
    const sealed = await seal(CART, cart)
    const middle = Math.floor(sealed.length / 2)
    return sealed.slice(0, middle) + (sealed[middle] === 'A' ? 'B' : 'A') + sealed.slice(middle + 1)
  }
  test.each([
    ['tampered with', tampered],
    ['cut short', async () => (await seal(CART, cart)).slice(0, -10)],
    ['not a seal', async () => 'hello'],
    ['oversized', async () => `${await seal(CART, cart)}${'x'.repeat(5_000)}`],
    ['sealed with another secret', () => sealData(cart, { password: SECRET.replace('a-', 'b-'), ttl: 3600 })],
    ['of an older form', () => sealData({ ...cart, version: 0 }, { password: SECRET, ttl: 3600 })],
    [
      'of 51 lines',
      () =>
        sealData(
          { ...cart, items: Array.from({ length: 51 }, (_, id) => [id + 1, 1]) },
          { password: SECRET, ttl: 3600 },
        ),
    ],
    ['of 100 pieces', () => sealData({ ...cart, items: [[1, 100]] }, { password: SECRET, ttl: 3600 })],
  ])('%s', async (_what, make) => {
    const warn = vi.spyOn(getLog(), 'warn')
    expect(await unseal(CART, await make())).toBeNull()
    expect(warn).toHaveBeenCalledTimes(1)
  })

  test('too old', async () => {
    const warn = vi.spyOn(getLog(), 'warn')
    const sealed = await seal(CART, cart)
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 2 * 3600 * 1000)
    expect(await unseal(CART, sealed)).toBeNull()
    expect(warn).toHaveBeenCalledExactlyOnceWith({ cookieName: 'cartwright_cart', reason: 'expired' }, 'cookie refused')
  })
})
