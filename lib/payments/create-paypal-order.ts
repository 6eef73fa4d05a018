import 'server-only'

import { inTransaction } from '@/db/client'
import {
  findAttempt,
  lockAttempt,
  postponeAttempt,
  recordPayPalOrder,
  type PaymentAttempt,
} from '@/db/queries/payment-attempts'
import { requireShopSettings } from '@/db/queries/shop'
import type { AskedAs } from '@/lib/domain/attempt-snapshot'

import { closeAttempt } from './close-attempt'
import { draftPayPalOrder } from './draft-paypal-order'
import type { PaymentServices } from './payment-services'
import { createOrderKey } from './request-keys'

export type CreatePayPalOrderOutcome =
  | { readonly kind: 'created'; readonly paypalOrderId: string; readonly approveUrl: string }
  | { readonly kind: 'refused'; readonly issue: string }
  | { readonly kind: 'closed' }
  | { readonly kind: 'unknown' }

const RETRY_AFTER_SECONDS = 20

/**
 * K2: asks PayPal for an order and records it before anybody hears of it. Repeatable: the same key yields the same
 * PayPal order for six hours, and one that is never approved is harmless.
 */
export async function createPayPalOrder(
  services: PaymentServices,
  attempt: PaymentAttempt,
): Promise<CreatePayPalOrderOutcome> {
  const { db, gateway } = services
  // Missing in attempts that were begun before it was kept.
  const draft = draftPayPalOrder(attempt, attempt.askedAs ?? (await readAskedAs(services)))
  const outcome = await gateway.createOrder(draft, createOrderKey(attempt.id))
  switch (outcome.kind) {
    case 'created':
      await inTransaction(db, async (tx) => {
        await lockAttempt(tx, attempt.id)
        await recordPayPalOrder(tx, attempt.id, outcome.paypalOrderId, outcome.approveUrl)
      })
      return currentPayPalOrder(services, attempt.id)
    case 'refused':
      await closeAttempt(db, attempt.id, { by: 'creation', reason: 'paypal_refused', issue: outcome.issue })
      return { kind: 'refused', issue: outcome.issue }
    case 'unknown':
      await postponeAttempt(db, attempt.id, 'creating', RETRY_AFTER_SECONDS, outcome.cause)
      return currentPayPalOrder(services, attempt.id)
  }
}

/** How the shop would be named to PayPal now. */
export async function readAskedAs({ db, appUrl, invoicePrefix }: PaymentServices): Promise<AskedAs> {
  return { brandName: (await requireShopSettings(db)).name, appUrl, invoicePrefix }
}

/** What the row says now: a double click may have been answered through the other request. */
async function currentPayPalOrder({ db }: PaymentServices, attemptId: string): Promise<CreatePayPalOrderOutcome> {
  const attempt = await findAttempt(db, attemptId)
  if (!attempt || attempt.state === 'closed') return { kind: 'closed' }
  const { paypalOrderId, approveUrl } = attempt
  return paypalOrderId && approveUrl ? { kind: 'created', paypalOrderId, approveUrl } : { kind: 'unknown' }
}
