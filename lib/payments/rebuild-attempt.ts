import 'server-only'

import { createHash, randomBytes, randomUUID } from 'node:crypto'

import type { Transaction } from '@/db/client'
import { findVariantsBySku } from '@/db/queries/cart-lines'
import { insertRebuiltAttempt, lockAttempt, type PaymentAttempt } from '@/db/queries/payment-attempts'
import { listDeliveryMethods, listTaxRates } from '@/db/queries/shop'
import type { AttemptSnapshot } from '@/lib/domain/attempt-snapshot'
import type { PayPalCapture, PayPalOrder } from '@/lib/domain/payment-gateway'
import { planRebuild, type RebuildPlan } from '@/lib/domain/rebuild'
import { findTaxRule } from '@/lib/domain/tax'

import { hashBuyerKey } from './buyer-key'
import type { PaymentServices } from './payment-services'

/** What an attempt must have been for PayPal to hold this order, by the catalogue and the rates of today. */
export async function planLostAttempt(
  { db, merchantId, invoicePrefix }: PaymentServices,
  order: PayPalOrder,
  capture: PayPalCapture,
): Promise<RebuildPlan> {
  const country = order.contents?.address?.country ?? ''
  const region = order.contents?.address?.region || null
  const skus = order.contents?.items?.map(({ sku }) => sku) ?? []
  return planRebuild({
    order,
    capture,
    shop: { merchantId, invoicePrefix },
    variants: await findVariantsBySku(db, skus),
    deliveryMethods: await listDeliveryMethods(db, country),
    tax: findTaxRule(await listTaxRates(db, country), { country, region }),
  })
}

export interface LostAttempt {
  readonly attemptId: string
  /** Null: no cookie leads back to it. */
  readonly cartId: string | null
  readonly snapshot: AttemptSnapshot
  /** Null when another attempt has it. */
  readonly paypalOrderId: string | null
}

/**
 * Writes the row anew under its own id, closed and watched; the caller finalises it in the same transaction, or leaves it to
 * the worker. Nobody holds its buyer key: the buyer's way to the receipt is its link. When the row is there after all, that
 * is the one; null when its PayPal order belongs to another.
 */
export async function rebuildAttempt(tx: Transaction, lost: LostAttempt): Promise<PaymentAttempt | null> {
  const { attemptId, cartId, snapshot, paypalOrderId } = lost
  const rebuilt = await insertRebuiltAttempt(tx, {
    id: attemptId,
    cartId: cartId ?? randomUUID(),
    buyerKeyHash: hashBuyerKey(randomBytes(32).toString('base64url')),
    amountMinor: snapshot.totalMinor,
    currency: snapshot.currency,
    snapshot,
    fingerprint: createHash('sha256').update(JSON.stringify(snapshot)).digest('hex'),
    paypalOrderId,
  })
  return rebuilt ?? (await lockAttempt(tx, attemptId))
}
