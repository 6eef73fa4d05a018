import 'server-only'

import { randomUUID } from 'node:crypto'

import { inTransaction, type Transaction } from '@/db/client'
import { findCaptureOfAttempt, lockCapture } from '@/db/queries/captures'
import { postponeAttempt, type PaymentAttempt } from '@/db/queries/payment-attempts'
import { insertRefund, listRefundsOfCapture, takeUpRefund } from '@/db/queries/refunds'
import { isAutomatic, planRest, planRetry, REFUNDED_AT_PAYPAL } from '@/lib/domain/refund'
import { getLog } from '@/lib/runtime/log'

import type { PaymentServices } from './payment-services'
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
  await inTransaction(db, (tx) => writeRest(tx, paypalCaptureId))
}

/** The refund of what is left of money that became no order, in the caller's transaction; the worker sends it. */
export async function writeRest(tx: Transaction, paypalCaptureId: string): Promise<void> {
  const capture = await lockCapture(tx, paypalCaptureId)
  if (!capture) return
  const known = await listRefundsOfCapture(tx, paypalCaptureId)
  const { amountMinor: capturedMinor, currency } = capture
  const displaced = known.find(
    ({ reason, state, lastIssue }) => isAutomatic(reason) && state === 'failed' && lastIssue === REFUNDED_AT_PAYPAL,
  )
  const againMinor = displaced ? planRetry(displaced, known, capturedMinor) : 0
  // There is room again for the refund that others had left none for.
  if (displaced && againMinor > 0) await takeUpRefund(tx, displaced.id, 'failed', againMinor)
  const restMinor = planRest(known, capturedMinor)
  if (restMinor === 0) return
  const rest = { id: randomUUID(), paypalCaptureId, orderId: null, amountMinor: restMinor, currency }
  await insertRefund(tx, { ...rest, reason: 'merchant', noteToPayer: '' })
  getLog().warn({ paypalCaptureId, restMinor }, 'the rest of money without an order is sent back')
}
