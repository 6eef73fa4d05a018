import 'server-only'

import { inTransaction, type Transaction } from '@/db/client'
import { lockCapture } from '@/db/queries/captures'
import { lockAttempt, moveAttempt } from '@/db/queries/payment-attempts'
import { findRefund, listRefundsOfCapture, refundFitsOrder, takeUpRefund, type Refund } from '@/db/queries/refunds'
import { isCurrency } from '@/lib/domain/money'
import { leftOf, planRetry, sendsRest } from '@/lib/domain/refund'

import type { PaymentServices } from '../payment-services'
import { closeIncident } from './close-incident'
import type { Carried, NotPossible, Obstacle, OpenIncident } from './decision'

/**
 * Puts a refund that PayPal has said no to back in the queue, as another request: under the old key PayPal would only repeat its
 * no. What has gone back meanwhile does not go back again.
 */
export async function retryRefund({ db }: PaymentServices, refundId: string, open: OpenIncident): Promise<Carried> {
  const known = await findRefund(db, refundId)
  if (!known) return { kind: 'not_possible', why: 'nothing_left' }
  return inTransaction(db, async (tx): Promise<Carried> => {
    const capture = await lockCapture(tx, known.paypalCaptureId)
    const all = await listRefundsOfCapture(tx, known.paypalCaptureId)
    const refund = all.find(({ id }) => id === refundId)
    if (!capture || refund?.state !== 'failed') return { kind: 'not_possible', why: 'nothing_left' }
    const amountMinor = planRetry(refund, all, capture.amountMinor)
    if (amountMinor === 0) return tooMuch(refund, leftOf(all, capture.amountMinor))
    const why = await findObstacle(tx, refund, all, open)
    if (why) return { kind: 'not_possible', why }
    if (!(await closeIncident(tx, open, 'refunded'))) return { kind: 'raced' }
    await takeUpRefund(tx, refundId, 'failed', amountMinor)
    const attempt = refund.orderId === null ? await lockAttempt(tx, capture.attemptId) : null
    if (attempt?.state === 'review') await moveAttempt(tx, attempt.id, { state: 'refunding', nextInSeconds: 0 })
    return { kind: 'carried_out' }
  })
}

/** Whether what is left goes back instead is for staff to say. */
function tooMuch({ currency }: Refund, leftMinor: number): NotPossible {
  return leftMinor > 0 && isCurrency(currency)
    ? { kind: 'not_possible', why: 'too_much', left: { minor: leftMinor, currency } }
    : { kind: 'not_possible', why: 'nothing_left' }
}

async function findObstacle(
  tx: Transaction,
  refund: Refund,
  all: readonly Refund[],
  { incident }: OpenIncident,
): Promise<Obstacle | null> {
  if (!(await refundFitsOrder(tx, refund.id))) return 'refunded_since'
  // Money that went back since then, or may yet, can be this very money: staff do not wait for an incident. The rest is what is left.
  const isSince = all.some(
    ({ id, state, completedAt, amountMinor: goneMinor, returnedMinor }) =>
      id !== refund.id &&
      state !== 'failed' &&
      returnedMinor < goneMinor &&
      (completedAt === null || completedAt > incident.openedAt),
  )
  return isSince && !sendsRest(refund) ? 'refunded_since' : null
}
