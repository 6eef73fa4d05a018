import 'server-only'

import { inTransaction } from '@/db/client'
import { findCaptureOfAttempt } from '@/db/queries/captures'
import { postponeAttempt, type PaymentAttempt } from '@/db/queries/payment-attempts'

import type { PaymentServices } from './payment-services'
import { returnOwed } from './return-owed'
import { syncRefunds } from './sync-refunds'

const AGAIN_SECONDS = 600

/**
 * Looks after money that became no order until all of it has gone back: brings what went back at PayPal's site into the books, and
 * sends the rest when something that was under way there has come to nothing.
 */
export async function returnRest(services: PaymentServices, attempt: PaymentAttempt): Promise<void> {
  const { db } = services
  const capture = await findCaptureOfAttempt(db, attempt.id)
  if (!capture) throw new Error(`attempt ${attempt.id} is ${attempt.state} without a capture`)
  const { paypalCaptureId } = capture
  const synced = await syncRefunds(services, paypalCaptureId)
  await postponeAttempt(db, attempt.id, 'refunding', AGAIN_SECONDS, attempt.lastIssue)
  if (synced !== 'synced') return
  await inTransaction(db, (tx) => returnOwed(tx, paypalCaptureId))
}
