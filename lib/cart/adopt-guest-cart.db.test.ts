import { randomUUID } from 'node:crypto'

import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { findMemberCart, writeMemberCart } from '@/db/queries/member-carts'
import { listWishes } from '@/db/queries/wish-lists'
import { variants } from '@/db/schema/catalog'
import { paymentAttempts } from '@/db/schema/payments'
import { CART_LINES_MAX, type Cart } from '@/lib/domain/cart'
import { finishPayment } from '@/lib/payments/finish-payment'
import { startPayment } from '@/lib/payments/start-payment'
import { beginPaying, buy, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'
import { newMember, setTestEnvironment } from '@/testing/test-members'
import { cartOf, newBuyerKey, stockProduct } from '@/testing/test-shop'

import { adoptGuestCart } from './adopt-guest-cart'

let shop: TestShop

beforeAll(async () => {
  setTestEnvironment()
  shop = await openTestShop()
})
afterAll(() => shop.close())

async function memberWith(items: Cart['items'] = []) {
  const { member } = await newMember(shop.db)
  const cartId = randomUUID()
  if (items.length > 0) await writeMemberCart(shop.db, member.memberId, { cartId, items }, 0)
  return { memberId: member.memberId, cartId }
}

const itemsOf = async (memberId: string) => (await findMemberCart(shop.db, memberId))?.items

describe('a guest’s cart that meets a member’s', () => {
  test('is added up, as far as there is stock, and the changes are told', async () => {
    const [plenty, scarce, own, guests] = await Promise.all([10, 4, 10, 10].map((n) => stockProduct(shop.db, n)))
    if (!plenty || !scarce || !own || !guests) throw new Error('no products')
    const { memberId } = await memberWith([
      [plenty, 2],
      [scarce, 3],
      [own, 1],
    ])
    const guest = cartOf([plenty, 3], [scarce, 2], [guests, 1])
    const adopted = await adoptGuestCart(shop.db, memberId, guest)
    expect(adopted).toMatchObject({ kind: 'merged', changes: { capped: [scarce], leftOut: [] } })
    expect(await itemsOf(memberId)).toEqual([
      [plenty, 5],
      [scarce, 4],
      [own, 1],
      [guests, 1],
    ])
  })

  test('leaves a cart alone when it is empty', async () => {
    const variantId = await stockProduct(shop.db, 5)
    const { memberId, cartId } = await memberWith([[variantId, 2]])
    await adoptGuestCart(shop.db, memberId, null)
    expect(await findMemberCart(shop.db, memberId)).toMatchObject({ cartId, items: [[variantId, 2]] })
  })

  test('does not bring back what the guest has bought with it', async () => {
    const who = await newBuyer(shop.db, { quantity: 2 })
    await buy(shop, who)
    const { memberId } = await memberWith()
    await adoptGuestCart(shop.db, memberId, who.cart)
    expect((await itemsOf(memberId)) ?? []).toEqual([])
  })

  test('ends a payment that was begun for it, so that nobody pays for what the cart used to be', async () => {
    const who = await newBuyer(shop.db)
    await beginPaying(shop, who)
    const { memberId } = await memberWith()
    await adoptGuestCart(shop.db, memberId, who.cart)
    const [attempt] = await shop.db.select().from(paymentAttempts).where(eq(paymentAttempts.cartId, who.cart.cartId))
    expect(attempt?.state).toBe('closed')
    expect(await itemsOf(memberId)).toEqual(who.cart.items)
  })

  test('stays where it is while its money may be moving', async () => {
    const who = await newBuyer(shop.db)
    await beginPaying(shop, who)
    await shop.db.update(paymentAttempts).set({ state: 'capturing' }).where(eq(paymentAttempts.cartId, who.cart.cartId))
    const { memberId } = await memberWith()
    expect(await adoptGuestCart(shop.db, memberId, who.cart)).toEqual({ kind: 'payment_in_progress' })
    expect((await itemsOf(memberId)) ?? []).toEqual([])
  })

  test('loses nothing when two devices sign in at the same moment', async () => {
    const [first, second] = await Promise.all([stockProduct(shop.db, 9), stockProduct(shop.db, 9)])
    const { memberId } = await memberWith([[first, 1]])
    await Promise.all([
      adoptGuestCart(shop.db, memberId, cartOf([first, 2])),
      adoptGuestCart(shop.db, memberId, cartOf([second, 1])),
    ])
    expect(new Map(await itemsOf(memberId))).toEqual(
      new Map([
        [first, 3],
        [second, 1],
      ]),
    )
  })

  test('brings its pieces once, however often its browser signs in with it, and what was put in since', async () => {
    const [first, second] = await Promise.all([stockProduct(shop.db, 9), stockProduct(shop.db, 9)])
    const guest = cartOf([first, 2])
    for (const { memberId } of [await memberWith(), await memberWith([[first, 1]])]) {
      const had = (await itemsOf(memberId))?.[0]?.[1] ?? 0
      await Promise.all([1, 2, 3].map(() => adoptGuestCart(shop.db, memberId, guest)))
      expect(await itemsOf(memberId)).toEqual([[first, had + 2]])
      const more: Cart = {
        ...guest,
        items: [
          [first, 3],
          [second, 1],
        ],
      }
      expect(await adoptGuestCart(shop.db, memberId, more)).toMatchObject({ kind: 'merged' })
      expect(await adoptGuestCart(shop.db, memberId, more)).toMatchObject({ kind: 'merged' })
      expect(new Map(await itemsOf(memberId))).toEqual(
        new Map([
          [first, had + 3],
          [second, 1],
        ]),
      )
    }
  })

  test('puts on the wish list what does not fit', async () => {
    const ids = await Promise.all(Array.from({ length: CART_LINES_MAX + 1 }, () => stockProduct(shop.db, 2)))
    const full = ids.slice(0, CART_LINES_MAX).map((id): [number, number] => [id, 1])
    const tooMuch = ids.at(-1) ?? 0
    const { memberId } = await memberWith(full)
    const adopted = await adoptGuestCart(shop.db, memberId, cartOf([tooMuch, 1]))
    expect(adopted).toMatchObject({ changes: { leftOut: [tooMuch] } })
    const [variant] = await shop.db.select().from(variants).where(eq(variants.id, tooMuch))
    expect(await listWishes(shop.db, memberId)).toEqual([variant?.productId])
  })
})

describe('a member’s cart', () => {
  test('is written over only by whoever has seen its last change', async () => {
    const variantId = await stockProduct(shop.db, 5)
    const { memberId, cartId } = await memberWith([[variantId, 1]])
    const seen = (await findMemberCart(shop.db, memberId))?.revision ?? 0
    const write = (quantity: number) =>
      writeMemberCart(shop.db, memberId, { cartId, items: [[variantId, quantity]] }, seen)
    expect(await write(2)).toBe(true)
    expect(await write(3)).toBe(false)
    expect(await itemsOf(memberId)).toEqual([[variantId, 2]])
  })

  test('loses what was bought in the order’s own transaction, and keeps what was put in meanwhile', async () => {
    const [bought, meanwhile] = await Promise.all([stockProduct(shop.db, 9), stockProduct(shop.db, 9)])
    const { memberId, cartId } = await memberWith([[bought, 2]])
    const cart: Cart = { version: 1, cartId, revision: 1, items: [[bought, 2]] }
    const buyerKey = newBuyerKey()
    const started = await startPayment(shop.services, {
      cart,
      buyerKey,
      draft: shop.draft,
      shownTotalMinor: null,
      memberId,
    })
    if (started.kind !== 'started') throw new Error(started.kind)
    await shop.paypal.approve(started.paypalOrderId)
    await writeMemberCart(
      shop.db,
      memberId,
      {
        cartId,
        items: [
          [bought, 2],
          [meanwhile, 1],
        ],
      },
      1,
    )
    const { paypalOrderId } = started
    expect(await finishPayment(shop.services, { buyerKey, paypalOrderId })).toMatchObject({
      kind: 'order_placed',
    })
    expect(await itemsOf(memberId)).toEqual([[meanwhile, 1]])
    expect((await findMemberCart(shop.db, memberId))?.cartId).not.toBe(cartId)
  })
})
