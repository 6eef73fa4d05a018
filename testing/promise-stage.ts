import { sql } from 'drizzle-orm'
import { expect } from 'vitest'

import { findOrderOfCart } from '@/db/queries/orders'
import type { PaymentGateway } from '@/lib/domain/payment-gateway'
import type { PaymentServices } from '@/lib/payments/payment-services'
import { sweepPayments } from '@/lib/payments/sweep-payments'
import { sweepRefunds } from '@/lib/payments/sweep-refunds'

import { beginPaying, newBuyer, openTestShop, type TestBuyer } from './test-buyer'
import { letTimePass } from './test-shop'

/** A shop on which payments are made, broken off and judged. For `beforeAll`; close it in `afterAll`. */
export async function openPromiseStage() {
  const shop = await openTestShop()
  const { db, paypal, services } = shop

  /** What PayPal holds for a cart, net of refunds, in minor units. */
  const heldByPayPal = async (who: TestBuyer): Promise<number> => {
    const { rows } = await db.execute<{ id: string }>(
      sql`select id from payment_attempts where cart_id = ${who.cart.cartId}`,
    )
    const own = new Set(rows.map((row) => row.id))
    const entries = (await paypal.ledger()).filter((entry) => entry.custom_id !== null && own.has(entry.custom_id))
    return entries.reduce((sum, entry) => {
      if (entry.kind === 'refund') return sum - entry.amountMinor
      const isMoney = entry.kind === 'capture_completed' || (entry.kind === 'capture' && entry.status === 'COMPLETED')
      return isMoney ? sum + entry.amountMinor : sum
    }, 0)
  }

  return {
    ...shop,
    shopper: (options: Parameters<typeof newBuyer>[1] = {}) => newBuyer(db, options),
    begin: (who: TestBuyer, by: PaymentServices = services) => beginPaying(shop, who, by),
    /** Time passes, and the worker makes a round. */
    sweep: async (who: TestBuyer, options: { holdToo?: boolean } = {}): Promise<void> => {
      await letTimePass(db, who.cart.cartId, options)
      await sweepPayments(services)
      await sweepRefunds(services)
    },
    /** The promise, for one cart: an order and its money, or neither; and no stock held for nothing. */
    expectPromiseKept: async (who: TestBuyer, expected: 'order' | 'no order'): Promise<void> => {
      const order = await findOrderOfCart(db, who.cart.cartId)
      const { rows } = await db.execute<{ total: string }>(
        sql`select total_minor as total from orders where cart_id = ${who.cart.cartId}`,
      )
      expect(order === null ? 'no order' : 'order').toBe(expected)
      expect(await heldByPayPal(who)).toBe(Number(rows[0]?.total ?? 0))
      const held = await db.execute<{ quantity: string }>(sql`
        select coalesce(sum(h.quantity), 0) as quantity from stock_holds h
        join payment_attempts a on a.id = h.attempt_id where a.cart_id = ${who.cart.cartId} and h.state = 'held'`)
      expect(Number(held.rows[0]?.quantity)).toBe(0)
    },
    captureCalls: async (paypalOrderId: string) =>
      (await paypal.requests()).filter((request) => request.path.endsWith(`/${paypalOrderId}/capture`)),
    /** Services whose process dies at a call to PayPal: before it is sent, or after it has had its effect. */
    dyingServices: (method: keyof PaymentGateway, when: 'before' | 'after'): PaymentServices => {
      const die = () => {
        throw new Error('the process was killed')
      }
      const real = services.gateway
      const gateway: PaymentGateway = {
        ...real,
        [method]: async (...args: never[]) => {
          if (when === 'before') die()
          await (real[method] as (...given: never[]) => Promise<unknown>)(...args)
          return die()
        },
      }
      return { ...services, gateway }
    },
  }
}

export type PromiseStage = Awaited<ReturnType<typeof openPromiseStage>>
