import 'server-only'

import { inTransaction } from '@/db/client'
import { claimDueRefunds, finishRefund, postponeRefund, type Refund } from '@/db/queries/captures'
import { lockAttempt, moveAttempt } from '@/db/queries/payment-attempts'
import { isCurrency } from '@/lib/domain/money'
import { getLog } from '@/lib/runtime/log'

import type { PaymentServices } from './payment-services'
import { refundKey } from './request-keys'

const BATCH = 20
const BACKOFF_SECONDS = [5, 60, 300, 1800]

/** K8: sends money back that could not become an order. The row came first, and its key survives every retry. */
export async function sweepRefunds(services: PaymentServices): Promise<number> {
  const due = await claimDueRefunds(services.db, BATCH)
  for (const refund of due) {
    try {
      await sendRefund(services, refund)
    } catch (error) {
      getLog().error({ refundId: refund.id, cause: String(error) }, 'refund could not be sent')
    }
  }
  return due.length
}

async function sendRefund(services: PaymentServices, refund: Refund): Promise<void> {
  const { id, paypalCaptureId, amountMinor, currency } = refund
  if (!isCurrency(currency)) throw new Error(`refund ${id} is in an unknown currency`)
  const amount = { minor: amountMinor, currency }
  const outcome = await services.gateway.refundCapture(paypalCaptureId, amount, refundKey(id))
  switch (outcome.kind) {
    case 'refunded':
      return finish(services, id, { state: 'completed', paypalRefundId: outcome.paypalRefundId, lastIssue: null })
    case 'pending':
      return postpone(services, refund, 'REFUND_PENDING')
    case 'refused':
      getLog().error({ refundId: id, issue: outcome.issue, debugId: outcome.debugId }, 'refund needs a person')
      return finish(services, id, { state: 'manual', paypalRefundId: null, lastIssue: outcome.issue })
    case 'unknown':
      return postpone(services, refund, outcome.cause)
  }
}

async function finish({ db }: PaymentServices, id: string, end: Parameters<typeof finishRefund>[2]): Promise<void> {
  await inTransaction(db, async (tx) => {
    const ended = await finishRefund(tx, id, end)
    if (!ended) return
    const attempt = await lockAttempt(tx, ended.attemptId)
    if (attempt?.state !== 'refunding') return
    await moveAttempt(tx, attempt.id, {
      state: end.state === 'completed' ? 'refunded' : 'review',
      lastIssue: end.lastIssue,
    })
  })
}

async function postpone({ db }: PaymentServices, refund: Refund, cause: string): Promise<void> {
  const seconds = BACKOFF_SECONDS[Math.min(refund.tries - 1, BACKOFF_SECONDS.length - 1)] ?? 5
  await postponeRefund(db, refund.id, seconds, cause)
}
