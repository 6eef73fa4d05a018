import 'server-only'

import { findCapture } from '@/db/queries/captures'
import { isDisputeMatched, listOpenIncidents, type PaymentIncident } from '@/db/queries/payment-incidents'
import { isReturnBooked } from '@/db/queries/refund-returns'
import { findRefund, findRefundAtPayPal, sumGoneBack } from '@/db/queries/refunds'
import { listStuck } from '@/db/queries/stuck'
import type { IncidentKind } from '@/lib/domain/payment-incident'

import { settleIncident } from '../incidents/settle-incident'
import type { PaymentServices } from '../payment-services'
import { compareWithPayPal } from './check-capture'

/** What a look at PayPal and at our rows can find to be over. Violated invariants are settled by their own run. */
export const RECONCILED_KINDS: readonly IncidentKind[] = [
  'money_without_order',
  'order_without_money',
  'amount_differs',
  'refund_refused',
  'refund_unmatched',
  'dispute_unmatched',
  'money_unexplained',
]

/** Ends the incidents whose cause is gone. @returns how many. */
export async function settleIncidents(services: PaymentServices): Promise<number> {
  let settled = 0
  for (const incident of await listOpenIncidents(services.db, RECONCILED_KINDS)) {
    if ((await isOver(services, incident)) !== 'over') continue
    if (await settleIncident(services.db, incident)) settled += 1
  }
  return settled
}

/** Whether what an incident tells of is still so, asked where it can be known. */
export async function isOver(
  services: PaymentServices,
  incident: PaymentIncident,
): Promise<'over' | 'still' | 'unknown'> {
  const { db } = services
  const subject = incident.key.slice(incident.kind.length + 1)
  switch (incident.kind) {
    case 'money_without_order':
      return isMoneySettled(services, subject)
    case 'order_without_money':
    case 'amount_differs':
      if (subject === `${incident.paypalCaptureId}:returned`) return isAllBack(services, incident.paypalCaptureId)
      // A fee has a subject of its own, and no later answer changes what was booked.
      return subject === incident.paypalCaptureId ? isCaptureSettled(services, subject) : 'still'
    case 'refund_refused':
      return isRefusedSettled(services, subject)
    case 'refund_unmatched':
      return isRefundSettled(services, subject)
    case 'dispute_unmatched':
      return overIf(await isDisputeMatched(db, subject))
    case 'stuck':
      return overIf((await listStuck(db, subject)).length === 0)
    case 'money_unexplained': {
      // What was not final may have become a refund or reversal of our books since; the rest never explains itself.
      const { why, transactionId } = incident.details
      if (why !== 'waiting' || typeof transactionId !== 'string') return 'still'
      return overIf((await findRefundAtPayPal(db, transactionId))?.state === 'completed')
    }
    case 'invariant_violated':
      return 'still'
  }
}

const overIf = (over: boolean) => (over ? 'over' : 'still')

async function isMoneySettled({ db, gateway }: PaymentServices, paypalCaptureId: string) {
  if (await findCapture(db, paypalCaptureId)) return 'over'
  const seen = await gateway.getCapture(paypalCaptureId)
  if (seen.kind === 'unknown') return 'unknown'
  // Given back at PayPal's own site, say: there is no money left without an order.
  return overIf(seen.kind === 'found' && ['REFUNDED', 'DECLINED', 'FAILED'].includes(seen.capture.status))
}

async function isCaptureSettled({ db, gateway }: PaymentServices, paypalCaptureId: string) {
  const booked = await findCapture(db, paypalCaptureId)
  if (!booked) return 'over'
  const seen = await gateway.getCapture(paypalCaptureId)
  if (seen.kind === 'unknown') return 'unknown'
  return overIf(compareWithPayPal(booked, seen.kind === 'found' ? seen.capture : null) === 'agrees')
}

/** All of the money may have gone back by other refunds. */
async function isRefusedSettled({ db }: PaymentServices, refundId: string) {
  const refund = await findRefund(db, refundId)
  if (refund === null || refund.state === 'completed') return 'over'
  return refund.state === 'failed' ? isAllBack({ db }, refund.paypalCaptureId) : 'still'
}

async function isAllBack({ db }: Pick<PaymentServices, 'db'>, paypalCaptureId: string | null) {
  const capture = paypalCaptureId === null ? null : await findCapture(db, paypalCaptureId)
  return overIf(capture !== null && (await sumGoneBack(db, capture.paypalCaptureId)) >= capture.amountMinor)
}

async function isRefundSettled({ db, gateway }: PaymentServices, paypalRefundId: string) {
  // It was no refund: by this movement money that a bank took has come again.
  if (await isReturnBooked(db, paypalRefundId)) return 'over'
  const booked = await findRefundAtPayPal(db, paypalRefundId)
  if (booked?.state !== 'completed') return 'still'
  const seen = await gateway.getRefund(paypalRefundId)
  if (seen.kind === 'unknown') return 'unknown'
  if (seen.kind === 'missing') return 'still'
  return overIf(seen.refund.status === 'COMPLETED' && seen.refund.amount?.minor === booked.amountMinor)
}
