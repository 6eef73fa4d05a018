import { randomBytes, randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'

import type { Database } from '@/db/client'
import { products, stock, variants } from '@/db/schema/catalog'
import { deliveryMethods, deliveryZoneCountries, deliveryZones, shopSettings, taxRates } from '@/db/schema/shop'
import type { Cart } from '@/lib/domain/cart'
import type { CheckoutDraft } from '@/lib/domain/checkout'
import type { PaymentServices } from '@/lib/payments/payment-services'
import { createPayPalGateway } from '@/lib/payments/paypal/paypal-gateway'

import { SIMULATOR_ACCOUNT, type TestPayPal } from './test-paypal'

/** The smallest shop that can sell: it delivers to the US for 6.00 and adds 7.25 % in California. */
export async function setUpShop(db: Database): Promise<{ deliveryMethodId: number }> {
  await db.insert(shopSettings).values({
    name: 'Test shop',
    currency: 'USD',
    legalName: 'Test Shop Ltd',
    addressLine1: '1 Example Street',
    addressCity: 'Exampletown',
    addressPostalCode: '00000',
    addressCountry: 'US',
  })
  const [zone] = await db.insert(deliveryZones).values({ name: 'US' }).returning()
  if (!zone) throw new Error('no zone')
  await db.insert(deliveryZoneCountries).values({ country: 'US', zoneId: zone.id })
  const [method] = await db
    .insert(deliveryMethods)
    .values({ zoneId: zone.id, name: 'Post', estimate: '3 days', rateKind: 'flat', priceMinor: 600 })
    .returning()
  if (!method) throw new Error('no method')
  const rate = { ratePpm: 72_500, pricesInclude: false, appliesToDelivery: false }
  await db.insert(taxRates).values({ country: 'US', region: 'CA', label: 'Sales tax 7.25 %', ...rate })
  return { deliveryMethodId: method.id }
}

/** A product of its own for each test, so that tests do not share stock. */
export async function stockProduct(db: Database, onHand: number, priceMinor = 2_800): Promise<number> {
  const slug = `work-${randomUUID()}`
  const [product] = await db.insert(products).values({ slug, name: 'Contour No. 14', state: 'active' }).returning()
  if (!product) throw new Error('no product')
  const [variant] = await db
    .insert(variants)
    .values({ productId: product.id, sku: slug, priceMinor, currency: 'USD', weightGrams: 200 })
    .returning()
  if (!variant) throw new Error('no variant')
  await db.insert(stock).values({ variantId: variant.id, onHand })
  return variant.id
}

export function cartOf(...items: Cart['items']): Cart {
  return { version: 1, cartId: randomUUID(), revision: 1, items }
}

export function newBuyerKey(): string {
  return randomBytes(32).toString('base64url')
}

export function filledDraft(deliveryMethodId: number): CheckoutDraft {
  return {
    version: 1,
    email: 'buyer@example.com',
    address: {
      name: 'A Buyer',
      line1: '1 Market Street',
      line2: '',
      city: 'San Francisco',
      region: 'CA',
      postalCode: '94105',
      country: 'US',
    },
    deliveryMethodId,
  }
}

export function testServices(db: Database, paypal: TestPayPal): PaymentServices {
  const limits = { readMs: 1_000, writeMs: 1_000 }
  return {
    db,
    gateway: createPayPalGateway({ baseUrl: paypal.url, ...SIMULATOR_ACCOUNT }, limits),
    merchantId: SIMULATOR_ACCOUNT.merchantId,
    invoicePrefix: 'CW',
    limitsTries: false,
    appUrl: 'http://localhost:3000',
  }
}

/** Lets the database's clock pass for one attempt: whatever it waits for is due, its hold over if asked. */
export async function letTimePass(db: Database, cartId: string, options: { holdToo?: boolean } = {}): Promise<void> {
  await db.execute(sql`update payment_attempts set next_action_at = now() - interval '1 second'
    where cart_id = ${cartId} and next_action_at is not null`)
  if (options.holdToo) {
    await db.execute(sql`update payment_attempts set hold_expires_at = now() - interval '1 second'
      where cart_id = ${cartId}`)
  }
  await db.execute(sql`update refunds set next_action_at = now() where next_action_at is not null`)
}

export async function readStock(db: Database, variantId: number): Promise<{ onHand: number; held: number }> {
  const [row] = await db
    .select()
    .from(stock)
    .where(sql`variant_id = ${variantId}`)
  if (!row) throw new Error('no stock')
  return { onHand: row.onHand, held: row.held }
}
