import 'server-only'

import {
  claimDueAttempts,
  continueWatch,
  postponeAttempt,
  readAttemptClock,
  type PaymentAttempt,
} from '@/db/queries/payment-attempts'
import { getLog } from '@/lib/runtime/log'

import { closeAttempt } from './close-attempt'
import { createPayPalOrder } from './create-paypal-order'
import { drivePayment } from './drive-payment'
import type { PaymentServices } from './payment-services'

const BATCH = 20
/** A PayPal order that could not be created for this long belongs to a buyer who has left. */
const CREATING_MAX_SECONDS = 600
/** A buyer may have approved and closed the browser: their order is there within about a minute. */
const LOOK_AGAIN_SECONDS = 60

/** Finishes what a crash, a closed browser or a silent PayPal left behind. Returns how many attempts were due. */
export async function sweepPayments(services: PaymentServices): Promise<number> {
  const due = await claimDueAttempts(services.db, BATCH)
  for (const attempt of due) {
    try {
      await sweepAttempt(services, attempt)
    } catch (error) {
      getLog().error({ attemptId: attempt.id, cause: String(error) }, 'attempt could not be swept')
    }
  }
  return due.length
}

async function sweepAttempt(services: PaymentServices, attempt: PaymentAttempt): Promise<void> {
  switch (attempt.state) {
    case 'creating':
      return sweepCreating(services, attempt)
    case 'created':
      return sweepCreated(services, attempt)
    case 'closed':
      await drivePayment(services, attempt)
      return continueWatch(services.db, attempt.id)
    default:
      await drivePayment(services, attempt)
  }
}

async function sweepCreating(services: PaymentServices, attempt: PaymentAttempt): Promise<void> {
  const { ageSeconds } = await readAttemptClock(services.db, attempt.id)
  if (ageSeconds < CREATING_MAX_SECONDS) {
    await createPayPalOrder(services, attempt)
    return
  }
  await closeAttempt(services.db, attempt.id, { from: ['creating'], reason: 'hold_expired' })
}

/**
 * A buyer who has pressed "Pay Now" at PayPal and closed the browser has bought: the worker goes on in their place.
 * After a decline it does not, because another try would be without anybody's asking.
 */
async function sweepCreated(services: PaymentServices, attempt: PaymentAttempt): Promise<void> {
  if (attempt.captureSeq === 0) {
    const outcome = await drivePayment(services, attempt)
    if (outcome.kind === 'advanced' || outcome.kind === 'declined') return
  }
  const { holdExpired, holdLeftSeconds } = await readAttemptClock(services.db, attempt.id)
  if (holdExpired) {
    await closeAttempt(services.db, attempt.id, { from: ['created'], reason: 'hold_expired' })
    return
  }
  const seconds = Math.min(LOOK_AGAIN_SECONDS, Math.max(holdLeftSeconds, 1))
  await postponeAttempt(services.db, attempt.id, 'created', seconds, attempt.lastIssue)
}
