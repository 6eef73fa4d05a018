import { count, inArray, sql } from 'drizzle-orm'

import { isCurrency, type Currency } from '@/lib/domain/money'
import type { MailSender, Seller, ShopFace } from '@/lib/domain/shop-details'

import type { Queryable, Transaction } from '../client'
import { variants } from '../schema/catalog'
import { orders } from '../schema/orders'
import { paymentAttempts } from '../schema/payments'
import { shopSettings } from '../schema/shop'

type Details = ShopFace & Seller & MailSender
export type ShopSettings = Details & { readonly currency: Currency }

const columns = {
  name: shopSettings.name,
  tagline: shopSettings.tagline,
  legalName: shopSettings.legalName,
  addressLine1: shopSettings.addressLine1,
  addressLine2: shopSettings.addressLine2,
  addressCity: shopSettings.addressCity,
  addressRegion: shopSettings.addressRegion,
  addressPostalCode: shopSettings.addressPostalCode,
  addressCountry: shopSettings.addressCountry,
  taxId: shopSettings.taxId,
  contactEmail: shopSettings.contactEmail,
  mailSenderName: shopSettings.mailSenderName,
  mailReplyTo: shopSettings.mailReplyTo,
  currency: shopSettings.currency,
}

/** Everything that is set about the shop itself. @throws Error when the shop has not been set up. */
export async function readShopSettings(db: Queryable): Promise<ShopSettings> {
  const [row] = await db.select(columns).from(shopSettings)
  return checked(row)
}

/** The same, locked until commit: changes of settings come one after the other. */
export async function lockShopSettings(tx: Transaction): Promise<ShopSettings> {
  const [row] = await tx.select(columns).from(shopSettings).for('update')
  return checked(row)
}

function checked(row: (Details & { currency: string }) | undefined): ShopSettings {
  if (!row) throw new Error('the shop has no settings yet: run npm run db:seed')
  const { currency } = row
  if (!isCurrency(currency)) throw new Error(`PayPal does not settle in ${currency}`)
  return { ...row, currency }
}

export async function updateShopSettings(
  tx: Transaction,
  change: Partial<Details & { currency: Currency }>,
): Promise<void> {
  await tx.update(shopSettings).set(change)
}

/** Whether anything was sold, or is being paid at this moment: then its currency is a fact. */
export async function hasSold(db: Queryable): Promise<boolean> {
  const [order] = await db.select({ id: orders.id }).from(orders).limit(1)
  if (order) return true
  const live = await db
    .select({ n: count() })
    .from(paymentAttempts)
    .where(inArray(paymentAttempts.state, ['creating', 'created', 'capturing', 'pending', 'refunding']))
  return (live[0]?.n ?? 0) > 0
}

/** Every price is in the shop's currency; the numbers stay. */
export async function relabelPrices(tx: Transaction, currency: Currency): Promise<void> {
  await tx
    .update(variants)
    .set({ currency })
    .where(sql`${variants.currency} <> ${currency}`)
}
