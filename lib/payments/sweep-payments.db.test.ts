import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { claimDueAttempts } from '@/db/queries/payment-attempts'
import { beginPaying, newBuyer, openTestShop, type TestBuyer, type TestShop } from '@/testing/test-buyer'
import { readStock } from '@/testing/test-shop'

import { closeCartAttempts } from './close-cart-attempts'
import { readPayment } from './finish-payment'
import { sweepPayments } from './sweep-payments'

let shop: TestShop

beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())

/** Begun and given up; whoever watches should have looked long ago. */
async function abandon(): Promise<void> {
  const who = await newBuyer(shop.db)
  await beginPaying(shop, who)
  await closeCartAttempts(shop.db, who.cart.cartId)
  await shop.db.execute(
    sql`update payment_attempts set next_action_at = now() - interval '1 hour' where cart_id = ${who.cart.cartId}`,
  )
}

async function begin(more: { isDue: boolean }): Promise<{ who: TestBuyer; paypalOrderId: string }> {
  const who = await newBuyer(shop.db)
  const paypalOrderId = await beginPaying(shop, who)
  if (more.isDue) {
    await shop.db.execute(
      sql`update payment_attempts set next_action_at = now() where paypal_order_id = ${paypalOrderId}`,
    )
  }
  return { who, paypalOrderId }
}

describe('with more to look at than can be looked at', () => {
  test('what may have moved money comes first, then stock that is held for nobody, and what is only watched last', async () => {
    for (let count = 0; count < 30; count++) await abandon()
    const waiting = await begin({ isDue: true })
    const expired = await begin({ isDue: true })
    await shop.db.execute(
      sql`update payment_attempts set hold_expires_at = now() where paypal_order_id = ${expired.paypalOrderId}`,
    )
    const paid = await begin({ isDue: true })
    await shop.paypal.approve(paid.paypalOrderId)
    await shop.db.execute(
      sql`update payment_attempts set state = 'capturing' where paypal_order_id = ${paid.paypalOrderId}`,
    )

    expect(await sweepPayments(shop.services, 1)).toBe(1)
    expect(await readPayment(shop.services, { ...paid.who, ...paid })).toMatchObject({ kind: 'order_placed' })
    expect(await sweepPayments(shop.services, 1)).toBe(1)
    expect(await readStock(shop.db, expired.who.variantId)).toEqual({ onHand: 10, held: 0 })
    const [next] = await claimDueAttempts(shop.db, 1)
    expect(next?.paypalOrderId).toBe(waiting.paypalOrderId)

    const rest = await claimDueAttempts(shop.db, 100)
    expect(rest.map(({ state }) => state)).toEqual(Array.from({ length: 30 }, () => 'closed'))
  })
})

describe('what is closed', () => {
  test.each([
    [71, 15],
    [65, 60],
    [47, 360],
  ])(
    'is looked at the less the longer nothing has come: %i hours before the end, in %i minutes',
    async (left, next) => {
      const { who, paypalOrderId } = await begin({ isDue: false })
      await closeCartAttempts(shop.db, who.cart.cartId)
      await shop.db.execute(sql`update payment_attempts set next_action_at = now(),
      watch_until = now() + make_interval(hours => ${left}) where paypal_order_id = ${paypalOrderId}`)
      await sweepPayments(shop.services)
      const { rows } = await shop.db
        .execute(sql`select round(extract(epoch from next_action_at - now()) / 60)::int as minutes
      from payment_attempts where paypal_order_id = ${paypalOrderId}`)
      expect(rows).toEqual([{ minutes: next }])
    },
  )
})
