import { afterAll, beforeAll, expect, test } from 'vitest'

import { createDatabase, type Database } from '@/db/client'
import { findOrderOfCart } from '@/db/queries/orders'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import { severableLink, type SeverableLink } from '@/testing/severable-link'
import { startTestPayPal, type TestPayPal } from '@/testing/test-paypal'
import {
  cartOf,
  filledDraft,
  letTimePass,
  newBuyerKey,
  readStock,
  setUpShop,
  stockProduct,
  testServices,
} from '@/testing/test-shop'

import { finishPayment } from './finish-payment'
import type { PaymentServices } from './payment-services'
import { startPayment } from './start-payment'
import { sweepPayments } from './sweep-payments'

let database: TestDatabase
let link: SeverableLink
let linked: Database
let paypal: TestPayPal
let services: PaymentServices
let deliveryMethodId: number

beforeAll(async () => {
  database = await createTestDatabase()
  link = await severableLink(database.url)
  linked = createDatabase(link.url)
  paypal = await startTestPayPal()
  services = testServices(linked, paypal)
  deliveryMethodId = (await setUpShop(database.db)).deliveryMethodId
})
afterAll(async () => {
  await linked.$client.end()
  link.close()
  await paypal.close()
  await database.drop()
})

/** Services whose database goes away at a call to PayPal, once the call has had its effect. */
function losingTheDatabaseAt(method: 'getOrder' | 'captureOrder'): PaymentServices {
  const { gateway } = services
  return {
    ...services,
    gateway: {
      ...gateway,
      getOrder: async (id) => {
        const seen = await gateway.getOrder(id)
        if (method === 'getOrder') link.cut()
        return seen
      },
      captureOrder: async (id, key) => {
        const answer = await gateway.captureOrder(id, key)
        if (method === 'captureOrder') link.cut()
        return answer
      },
    },
  }
}

test.each(['getOrder', 'captureOrder'] as const)(
  'a database that goes away during %s delays the order and loses nothing',
  async (method) => {
    const variantId = await stockProduct(database.db, 5)
    const who = { cart: cartOf([variantId, 1]), buyerKey: newBuyerKey() }
    const draft = filledDraft(deliveryMethodId)
    const begun = await startPayment(services, { ...who, draft, shownTotalMinor: null })
    if (begun.kind !== 'started') throw new Error(begun.kind)
    await paypal.approve(begun.paypalOrderId)

    const finishing = finishPayment(losingTheDatabaseAt(method), { ...who, paypalOrderId: begun.paypalOrderId })
    await expect(finishing).rejects.toThrow()
    await expect(sweepPayments(services)).rejects.toThrow()
    expect(await findOrderOfCart(database.db, who.cart.cartId)).toBeNull()

    link.mend()
    await letTimePass(database.db, who.cart.cartId)
    await sweepPayments(services)
    expect(await findOrderOfCart(database.db, who.cart.cartId)).not.toBeNull()
    expect(await readStock(database.db, variantId)).toEqual({ onHand: 4, held: 0 })
    const captures = (await paypal.ledger()).filter((entry) => entry.orderId === begun.paypalOrderId)
    expect(captures).toHaveLength(1)
  },
)
