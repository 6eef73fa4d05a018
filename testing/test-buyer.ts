import { sql } from 'drizzle-orm'

import type { Database } from '@/db/client'
import { createTestDatabase } from '@/db/testing/database'
import type { Cart } from '@/lib/domain/cart'
import { finishPayment } from '@/lib/payments/finish-payment'
import type { PaymentServices } from '@/lib/payments/payment-services'
import { startPayment } from '@/lib/payments/start-payment'

import { startTestPayPal } from './test-paypal'
import { cartOf, filledDraft, newBuyerKey, setUpShop, stockProduct, testServices } from './test-shop'

/** A shop with a database and a PayPal of its own. For `beforeAll`; close it in `afterAll`. */
export async function openTestShop() {
  const database = await createTestDatabase()
  const paypal = await startTestPayPal()
  const services = testServices(database.db, paypal)
  const draft = filledDraft((await setUpShop(database.db)).deliveryMethodId)
  return {
    db: database.db,
    databaseUrl: database.url,
    paypal,
    services,
    draft,
    close: async () => {
      await paypal.close()
      await database.drop()
    },
  }
}

export type TestShop = Awaited<ReturnType<typeof openTestShop>>

export interface TestBuyer {
  readonly cart: Cart
  readonly buyerKey: string
  readonly variantId: number
}

export async function newBuyer(
  db: Database,
  options: { onHand?: number; quantity?: number; variantId?: number } = {},
): Promise<TestBuyer> {
  const variantId = options.variantId ?? (await stockProduct(db, options.onHand ?? 10))
  return { variantId, cart: cartOf([variantId, options.quantity ?? 2]), buyerKey: newBuyerKey() }
}

/** K1 and K2. @returns the PayPal order's id. */
export async function beginPaying(
  shop: TestShop,
  who: TestBuyer,
  by: PaymentServices = shop.services,
): Promise<string> {
  const outcome = await startPayment(by, { ...who, draft: shop.draft, shownTotalMinor: null })
  if (outcome.kind !== 'started') throw new Error(JSON.stringify(outcome))
  return outcome.paypalOrderId
}

export interface BoughtOrder {
  readonly id: string
  readonly orderNumber: string
  readonly paypalOrderId: string
  readonly paypalCaptureId: string
  readonly totalMinor: number
  readonly attemptId: string
}

/** Buys, from the first click to the order. */
export async function buy(shop: TestShop, who: TestBuyer): Promise<BoughtOrder> {
  const paypalOrderId = await beginPaying(shop, who)
  await shop.paypal.approve(paypalOrderId)
  const outcome = await finishPayment(shop.services, { ...who, paypalOrderId })
  if (outcome.kind !== 'order_placed') throw new Error(JSON.stringify(outcome))
  const { rows } = await shop.db.execute<Omit<BoughtOrder, 'paypalOrderId'>>(sql`
    select id, order_number as "orderNumber", paypal_capture_id as "paypalCaptureId", total_minor::int as "totalMinor",
      attempt_id as "attemptId" from orders where order_number = ${outcome.orderNumber}`)
  if (!rows[0]) throw new Error('no order')
  return { ...rows[0], paypalOrderId }
}

/** What the simulator's ledger holds of a PayPal order, net of what went back, in minor units. */
export async function heldAtPayPal(shop: TestShop, paypalOrderId: string): Promise<number> {
  const entries = (await shop.paypal.ledger()).filter((entry) => entry.orderId === paypalOrderId)
  return entries.reduce((sum, entry) => {
    if (['refund', 'reversal', 'dispute_lost'].includes(entry.kind)) return sum - entry.amountMinor
    const isMoney = entry.kind === 'capture_completed' || (entry.kind === 'capture' && entry.status === 'COMPLETED')
    return isMoney ? sum + entry.amountMinor : sum
  }, 0)
}
