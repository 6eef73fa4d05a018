import 'server-only'

import type { Transaction } from '@/db/client'
import { lockCapture } from '@/db/queries/captures'
import { insertJournalEntry } from '@/db/queries/journal'
import { placeHoldOnce } from '@/db/queries/order-holds'
import { findAttempt, lockAttempt, moveAttempt } from '@/db/queries/payment-attempts'
import { raiseIncident, refreshGoneBack } from '@/db/queries/payment-incidents'
import { sumCameAgain } from '@/db/queries/refund-returns'
import {
  listRefundItems,
  listSameRefused,
  moveRefund,
  refundFitsOrder,
  sumGoneBack,
  type Refund,
} from '@/db/queries/refunds'
import { restock } from '@/db/queries/stock'
import { bookRefund } from '@/lib/domain/journal'
import { isCurrency } from '@/lib/domain/money'
import { attemptAfterRefund, isRefused, sendsRest, type RefundState } from '@/lib/domain/refund'
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
  if (moved.state === 'completed') await complete(tx, moved, refund.state)
  if (moved.state === 'failed') await fail(tx, moved)
}

async function complete(tx: Transaction, refund: Refund, before: RefundState): Promise<void> {
  const { id, paypalRefundId, amountMinor, currency, reason } = refund
  if (paypalRefundId === null || !isCurrency(currency)) throw new Error(`refund ${id} cannot be complete`)
  await insertJournalEntry(tx, bookRefund({ paypalRefundId, amountMinor, currency, reason }))
  const returned = (await listRefundItems(tx, id)).filter((item) => item.restock)
  if (returned.length > 0) await restock(tx, id, returned)
  if (before === 'failed' && !(await refundFitsOrder(tx, id))) await reportTwice(tx, refund)
  await refreshGoneBack(tx, refund.paypalCaptureId, await sumGoneBack(tx, refund.paypalCaptureId))
  if (refund.orderId === null) await moveAttemptOn(tx, refund)
  else if (reason === 'paypal') await holdUnpaid(tx, refund.orderId, refund.paypalCaptureId)
  await mailRefund(tx, refund, currency)
  getLog().info({ refundId: id, paypalRefundId, reason }, 'refund complete')
}

/** Somebody has given all of an order's money back at PayPal's site: nothing leaves for it before staff have looked. */
async function holdUnpaid(tx: Transaction, orderId: string, paypalCaptureId: string): Promise<void> {
  const capture = await lockCapture(tx, paypalCaptureId)
  const isAllBack = capture !== null && (await sumGoneBack(tx, paypalCaptureId)) >= capture.amountMinor
  if (isAllBack) await placeHoldOnce(tx, orderId, 'unpaid', paypalCaptureId)
}

/** It had failed, its pieces were given for once more, and now PayPal has carried it out after all. */
async function reportTwice(tx: Transaction, refund: Refund): Promise<void> {
  await raiseIncident(tx, {
    kind: 'refund_unmatched',
    subject: refund.id,
    ...aboutRefund(refund),
    details: { refundId: refund.id, paypalRefundId: refund.paypalRefundId, samePiecesTwice: true },
  })
}

async function fail(tx: Transaction, refund: Refund): Promise<void> {
  const { id, lastIssue } = refund
  const isOwed = refund.orderId === null && sendsRest(refund)
  // What others were quicker with is seen to by `returnOwed`, should it come to nothing.
  if (isOwed && ((await moveAttemptOn(tx, refund)).isAllBack || !isRefused(refund))) return
  await reportRefusedRefund(tx, refund)
  getLog().error({ refundId: id, issue: lastIssue }, 'refund needs a person')
}

/**
 * Money that was to go back and did not, with what a person needs to decide. Whoever asked for the very same again, and was refused
 * again, has not asked for twice as much: both are one incident, and sending it again sends it once.
 */
export async function reportRefusedRefund(tx: Transaction, refund: Refund): Promise<void> {
  const { id, lastIssue, reason, paypalRefundId } = refund
  const capture = await lockCapture(tx, refund.paypalCaptureId)
  const attempt = capture && (await findAttempt(tx, capture.attemptId))
  const same = await listSameRefused(tx, id)
  const subject = same.find(({ isUndecided }) => isUndecided)?.id ?? id
  const others = subject === id ? [] : [...same.map((other) => other.id), id].filter((other) => other !== subject)
  await raiseIncident(tx, {
    kind: 'refund_refused',
    subject,
    ...aboutRefund(refund),
    attemptId: attempt?.id ?? null,
    paypalOrderId: attempt?.paypalOrderId ?? null,
    details: {
      issue: lastIssue,
      reason,
      paypalRefundId,
      payerEmail: attempt?.snapshot.email ?? null,
      capturedMinor: capture?.amountMinor ?? null,
      goneBackMinor: await sumGoneBack(tx, refund.paypalCaptureId),
      cameAgainMinor: await sumCameAgain(tx, refund.paypalCaptureId),
      alsoRefused: others.length > 0 ? others.join(', ') : null,
    },
  })
}

function aboutRefund({ paypalCaptureId, orderId, amountMinor, currency }: Refund) {
  return { paypalCaptureId, orderId, amountMinor, currency }
}

/** The attempt of a capture that became no order ends once all of its money has gone back, by whichever refunds. */
async function moveAttemptOn(tx: Transaction, refund: Refund): Promise<{ readonly isAllBack: boolean }> {
  const capture = await lockCapture(tx, refund.paypalCaptureId)
  const attempt = capture && (await lockAttempt(tx, capture.attemptId))
  if (!capture || !attempt) throw new Error(`refund ${refund.id} has no capture`)
  const isAllBack = (await sumGoneBack(tx, capture.paypalCaptureId)) >= capture.amountMinor
  const state = attemptAfterRefund(attempt.state, { ...refund, isAllBack })
  if (state) await moveAttempt(tx, attempt.id, { state, lastIssue: refund.lastIssue })
  return { isAllBack }
}
