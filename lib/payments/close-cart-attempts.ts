import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { lockLiveAttempt } from '@/db/queries/payment-attempts'
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
