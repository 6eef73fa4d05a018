import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { findReviewedAttempt, lockLiveAttempt } from '@/db/queries/payment-attempts'
import type { Cart } from '@/lib/domain/cart'
import { isPaymentUnderWay } from '@/lib/domain/payment-driver'

import { closeLockedAttempt } from './close-attempt'

/**
 * Before a cart whose payment has begun is edited: the running attempt is closed, so that nobody pays for what the
 * cart was. From `capturing` on that is no longer ours to decide.
 */
export async function closeCartAttempts(db: Database, cartId: string): Promise<'free' | 'payment_in_progress'> {
  return inTransaction(db, async (tx) => {
    const attempt = await lockLiveAttempt(tx, cartId)
    if (!attempt) return 'free'
    if (isPaymentUnderWay(attempt.state)) return 'payment_in_progress'
    await closeLockedAttempt(tx, attempt, { reason: 'cart_changed' })
    return 'free'
  })
}

/**
 * What a cart holds that PayPal is being paid for and checks, which can take days: it will be an order as it is, or nothing. Null
 * when nothing is checked.
 */
export async function findItemsUnderReview(db: Database, cartId: string): Promise<Cart['items'] | null> {
  const attempt = await findReviewedAttempt(db, cartId)
  return attempt && attempt.snapshot.lines.map(({ variantId, quantity }) => [variantId, quantity])
}
