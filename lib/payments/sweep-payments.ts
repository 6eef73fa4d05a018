import 'server-only'

import { continueWatch, noteFailing } from '@/db/queries/attempt-watch'
import {
  claimDueAttempts,
  findAttempt,
  postponeAttempt,
  readAttemptClock,
  type PaymentAttempt,
} from '@/db/queries/payment-attempts'
import { isRefusal } from '@/lib/domain/payment'
import { endsHoldAfter, planSweep } from '@/lib/domain/payment-driver'
import { getLog } from '@/lib/runtime/log'

import { closeAttempt } from './close-attempt'
import { createPayPalOrder } from './create-paypal-order'
import { drivePayment, type DriveOutcome } from './drive-payment'
import { countDecline } from './limit-payments'
import type { PaymentServices } from './payment-services'
import { returnRest } from './return-rest'

const BATCH = 20
/** A PayPal order that could not be created for this long belongs to a buyer who has left. */
const CREATING_MAX_SECONDS = 600
/** A buyer may have approved and closed the browser: their order is to be there within a minute. */
const LOOK_AGAIN_SECONDS = 45

/**
 * Finishes what a crash, a closed browser or a silent PayPal left behind, at most so many attempts, one after the other. Whoever
 * wants several driven at once calls it several times. Returns how many attempts were due.
 */
export async function sweepPayments(services: PaymentServices, limit = BATCH): Promise<number> {
  const due = await claimDueAttempts(services.db, limit)
  for (const attempt of due) {
    try {
      await sweepAttempt(services, attempt)
      if (attempt.failingSince !== null) await noteFailing(services.db, attempt.id, false)
    } catch (error) {
      getLog().error({ attemptId: attempt.id, cause: String(error) }, 'attempt could not be swept')
      await noteFailing(services.db, attempt.id, true)
    }
  }
  return due.length
}

/**
 * What is to be done with an attempt that is leased to the caller. @returns how a drive ended; null when none was called for.
 */
export async function sweepAttempt(
  services: PaymentServices,
  attempt: PaymentAttempt,
  approvedAnew = false,
): Promise<DriveOutcome | null> {
  switch (planSweep(attempt, approvedAnew)) {
    case 'create_paypal_order':
      await sweepCreating(services, attempt)
      return null
    case 'drive_then_expire': {
      const outcome = await drive(services, attempt)
      if (endsHoldAfter(outcome.kind)) await expire(services, attempt)
      return outcome
    }
    case 'expire':
      await expire(services, attempt)
      return null
    case 'drive_then_watch': {
      const outcome = await drive(services, attempt)
      await continueWatch(services.db, attempt.id)
      return outcome
    }
    case 'drive':
      return drive(services, attempt)
    case 'return_rest':
      await returnRest(services, attempt)
      return null
    case 'nothing':
      return null
  }
}

/** A decline counts for whoever pays next, also when the buyer was not there to hear of it. The worker itself never waits. */
async function drive(services: PaymentServices, attempt: PaymentAttempt): Promise<DriveOutcome> {
  const outcome = await drivePayment(services, attempt)
  if (outcome.kind === 'declined' || (await isRefused(services, attempt, outcome)))
    await countDecline(services, attempt)
  return outcome
}

/** Whether the drive has ended the attempt by a no of PayPal's. */
async function isRefused({ db }: PaymentServices, attempt: PaymentAttempt, outcome: DriveOutcome): Promise<boolean> {
  if (outcome.kind !== 'advanced' || attempt.state === 'closed') return false
  const now = await findAttempt(db, attempt.id)
  return now?.state === 'closed' && isRefusal(now.closeReason)
}

async function sweepCreating(services: PaymentServices, attempt: PaymentAttempt): Promise<void> {
  const { ageSeconds } = await readAttemptClock(services.db, attempt.id)
  if (ageSeconds < CREATING_MAX_SECONDS) {
    await createPayPalOrder(services, attempt)
    return
  }
  await closeAttempt(services.db, attempt.id, { by: 'creation', reason: 'hold_expired' })
}

/** Ends the attempt if its hold is over, else looks again before that. */
async function expire(services: PaymentServices, attempt: PaymentAttempt): Promise<void> {
  const { holdExpired, holdLeftSeconds } = await readAttemptClock(services.db, attempt.id)
  if (holdExpired) {
    await closeAttempt(services.db, attempt.id, { by: 'expiry', reason: 'hold_expired' })
    return
  }
  const seconds = Math.min(LOOK_AGAIN_SECONDS, Math.max(holdLeftSeconds, 1))
  await postponeAttempt(services.db, attempt.id, 'created', seconds, attempt.lastIssue)
}
