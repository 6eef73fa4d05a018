import 'server-only'

import { inTransaction } from '@/db/client'
import { lockCapture } from '@/db/queries/captures'
import { lockAttempt, moveAttempt } from '@/db/queries/payment-attempts'
import { resolveIncident } from '@/db/queries/payment-incidents'
import { findRefund, listRefundsOfCapture, moveRefund } from '@/db/queries/refunds'
import { isAutomatic } from '@/lib/domain/refund'

import type { PaymentServices } from '../payment-services'
import type { Carried, OpenIncident } from './decision'

/** Puts a refund that PayPal refused back in the queue, under its own id and key. */
export async function retryRefund(
  { db }: PaymentServices,
  refundId: string,
  { incident, by, note }: OpenIncident,
): Promise<Carried> {
  return inTransaction(db, async (tx): Promise<Carried> => {
    const known = await findRefund(tx, refundId)
    const capture = known && (await lockCapture(tx, known.paypalCaptureId))
    const refund = known && (await findRefund(tx, refundId))
    if (!capture || refund?.state !== 'failed') return { kind: 'not_possible', why: 'nothing_left' }
    const others = (await listRefundsOfCapture(tx, capture.paypalCaptureId)).filter(({ state }) => state !== 'failed')
    const spent = others.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
    if (spent + refund.amountMinor > capture.amountMinor) return { kind: 'not_possible', why: 'nothing_left' }
    const resolved = await resolveIncident(tx, incident.id, { resolution: 'refunded', resolvedBy: by, note })
    if (!resolved) return { kind: 'raced' }
    await moveRefund(tx, refundId, 'failed', { state: 'pending' })
    const attempt = isAutomatic(refund.reason) ? await lockAttempt(tx, capture.attemptId) : null
    if (attempt?.state === 'review') await moveAttempt(tx, attempt.id, { state: 'refunding', nextInSeconds: 0 })
    return { kind: 'carried_out' }
  })
}
