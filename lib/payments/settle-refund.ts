import 'server-only'

import type { Transaction } from '@/db/client'
import { lockCapture } from '@/db/queries/captures'
import { insertJournalEntry } from '@/db/queries/journal'
import { lockAttempt, moveAttempt } from '@/db/queries/payment-attempts'
import { raiseIncident } from '@/db/queries/payment-incidents'
import { listRefundItems, moveRefund, type Refund } from '@/db/queries/refunds'
import { restock } from '@/db/queries/stock'
import { bookRefund } from '@/lib/domain/journal'
import { isCurrency } from '@/lib/domain/money'
import { attemptAfterRefund, isAutomatic, type RefundState } from '@/lib/domain/refund'
import { getLog } from '@/lib/runtime/log'

import { mailRefund } from './mail-refund'

export interface RefundNews {
  readonly state: RefundState
  readonly paypalRefundId?: string
  readonly issue?: string
}

/**
 * Writes what PayPal has said of a refund, with everything that follows from it, in the caller's transaction: books, stock,
 * the attempt's state and the mail to the buyer. Does nothing when the refund is in that state already or has moved on meanwhile.
 */
export async function settleRefund(tx: Transaction, refund: Refund, news: RefundNews): Promise<void> {
  if (refund.state === news.state) return
  const moved = await moveRefund(tx, refund.id, refund.state, {
    state: news.state,
    lastIssue: news.issue ?? null,
    ...(news.paypalRefundId === undefined ? {} : { paypalRefundId: news.paypalRefundId }),
  })
  if (!moved) return
  if (moved.state === 'completed') await complete(tx, moved)
  if (moved.state === 'failed') await fail(tx, moved)
}

async function complete(tx: Transaction, refund: Refund): Promise<void> {
  const { id, paypalRefundId, amountMinor, currency, reason } = refund
  if (paypalRefundId === null || !isCurrency(currency)) throw new Error(`refund ${id} cannot be complete`)
  await insertJournalEntry(tx, bookRefund({ paypalRefundId, amountMinor, currency, reason }))
  const returned = (await listRefundItems(tx, id)).filter((item) => item.restock)
  if (returned.length > 0) await restock(tx, id, returned)
  if (isAutomatic(reason)) await moveAttemptOn(tx, refund)
  await mailRefund(tx, refund, currency)
  getLog().info({ refundId: id, paypalRefundId, reason }, 'refund complete')
}

async function fail(tx: Transaction, refund: Refund): Promise<void> {
  const { id, paypalCaptureId, orderId, amountMinor, currency, lastIssue, reason } = refund
  if (isAutomatic(reason)) await moveAttemptOn(tx, refund)
  await raiseIncident(tx, {
    kind: 'refund_refused',
    subject: id,
    paypalCaptureId,
    orderId,
    amountMinor,
    currency,
    details: { issue: lastIssue, reason },
  })
  getLog().error({ refundId: id, issue: lastIssue }, 'refund needs a person')
}

async function moveAttemptOn(tx: Transaction, refund: Refund): Promise<void> {
  const capture = await lockCapture(tx, refund.paypalCaptureId)
  const attempt = capture && (await lockAttempt(tx, capture.attemptId))
  const state = attempt && attemptAfterRefund(attempt.state, refund.state)
  if (attempt && state) await moveAttempt(tx, attempt.id, { state, lastIssue: refund.lastIssue })
}
