import 'server-only'

import { randomUUID } from 'node:crypto'

import type { Transaction } from '@/db/client'
import { lockCapture } from '@/db/queries/captures'
import { lockAttempt, moveAttempt } from '@/db/queries/payment-attempts'
import { insertRefund, listRefundsOfCapture, takeUpRefund } from '@/db/queries/refunds'
import { planOwed } from '@/lib/domain/owed-money'
import { getLog } from '@/lib/runtime/log'

import { reportRefusedRefund } from './settle-refund'

/**
 * Writes what must go back now of money that became no order, in the caller's transaction: called whenever some of it may be here
 * again. The worker sends it, and goes on looking until all is back; what PayPal has refused is put before a person once more.
 */
export async function returnOwed(tx: Transaction, paypalCaptureId: string): Promise<void> {
  const capture = await lockCapture(tx, paypalCaptureId)
  const attempt = capture && (await lockAttempt(tx, capture.attemptId))
  if (!capture || !attempt) return
  const plan = planOwed(await listRefundsOfCapture(tx, paypalCaptureId), capture.amountMinor)
  if (plan.step === 'nothing') return
  if (plan.step === 'take_up') await takeUpRefund(tx, plan.refund.id, 'failed', plan.amountMinor)
  if (plan.step === 'send') {
    const { amountMinor } = plan
    const rest = { id: randomUUID(), paypalCaptureId, orderId: null, amountMinor, currency: capture.currency }
    await insertRefund(tx, { ...rest, reason: 'merchant', isRest: true, noteToPayer: '' })
    getLog().warn({ paypalCaptureId, amountMinor }, 'the rest of money without an order is sent back')
  }
  if (plan.step === 'ask') for (const refund of plan.refused) await reportRefusedRefund(tx, refund)
  const state = plan.step === 'ask' ? 'review' : 'refunding'
  if (attempt.state === state || (plan.step === 'wait' && attempt.state === 'review')) return
  const when = state === 'refunding' ? { nextInSeconds: 0 } : {}
  await moveAttempt(tx, attempt.id, { state, lastIssue: attempt.lastIssue, ...when })
}
