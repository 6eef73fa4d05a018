import 'server-only'

import { inTransaction, type Transaction } from '@/db/client'
import { lockCapture, type PaymentCapture } from '@/db/queries/captures'
import { findRefund, listRefundsOfCapture, postponeRefund, takeUpRefund, type Refund } from '@/db/queries/refunds'
import { isCurrency } from '@/lib/domain/money'
import {
  leftOf,
  planFromRefund,
  planRetry,
  planSend,
  planUnseen,
  REFUNDED_AT_PAYPAL,
  refundReference,
} from '@/lib/domain/refund'
import { getLog } from '@/lib/runtime/log'

import type { PaymentServices } from './payment-services'
import { recordPayPalRefund } from './record-paypal-refund'
import { refundKey } from './request-keys'
import { settleRefund, type RefundNews } from './settle-refund'
import { syncRefunds } from './sync-refunds'

/** After no definite answer, by number of tries. It never gives up. */
const BACKOFF_SECONDS = [5, 60, 300, 1800]
/** After a no that may pass. */
const LATER_SECONDS = 1800

/** K8 on a refund that is leased to the caller. The row came first and its id is the request key. */
export async function sendRefund(services: PaymentServices, refund: Refund): Promise<void> {
  switch (planSend(refund)) {
    case 'ask':
      return askAbout(services, refund)
    case 'look_first':
      return lookFirst(services, refund)
    case 'call':
      return call(services, refund)
    case 'done':
      return
  }
}

async function lookFirst(services: PaymentServices, refund: Refund): Promise<void> {
  const looked = await syncRefunds(services, refund.paypalCaptureId)
  if (looked === 'unknown') return postpone(services, refund, 'PayPal shows no refunds')
  if (looked === 'not_shown') return sendUnseen(services, refund)
  const current = await findRefund(services.db, refund.id)
  // What gave way to a refund at PayPal's site is another request now, and due at once.
  if (current?.state === 'pending' && current.sendSeq === refund.sendSeq) await call(services, refund)
}

/** PayPal no longer shows the order with its refunds: the capture tells whether any money has gone back. */
async function sendUnseen(services: PaymentServices, refund: Refund): Promise<void> {
  const seen = await services.gateway.getCapture(refund.paypalCaptureId)
  if (seen.kind !== 'found') return postpone(services, refund, 'PayPal does not show the capture')
  return planUnseen(seen.capture, refund, new Date()) === 'call'
    ? call(services, refund)
    : settle(services, refund, { state: 'failed', issue: 'REFUND_NOT_SHOWN' })
}

async function call(services: PaymentServices, refund: Refund): Promise<void> {
  const { id, paypalCaptureId, amountMinor, currency, noteToPayer } = refund
  if (!isCurrency(currency)) throw new Error(`refund ${id} is in an unknown currency`)
  const outcome = await services.gateway.refundCapture(
    { reference: refundReference(refund), paypalCaptureId, amount: { minor: amountMinor, currency }, noteToPayer },
    refundKey(refund),
  )
  const plan = planFromRefund(outcome)
  switch (plan.step) {
    case 'record':
      return settle(services, refund, { state: plan.state, paypalRefundId: plan.paypalRefundId })
    case 'look_up':
      return lookUp(services, refund, plan.issue)
    case 'fail':
      return fail(services, refund, plan.issue)
    case 'try_later':
      return tryLater(services, refund, plan.issue)
    case 'ask_again':
      return postpone(services, refund, plan.cause)
  }
}

/**
 * Nothing is left to refund. What is for the rest sends what is left, when others were quicker with part of it; if our books do not
 * say where the money went either, somebody must look.
 */
async function lookUp(services: PaymentServices, refund: Refund, issue: string): Promise<void> {
  const looked = await syncRefunds(services, refund.paypalCaptureId)
  if (looked === 'unknown') return postpone(services, refund, issue)
  await withCurrent(services, refund, async (tx, current, capture) => {
    const all = await listRefundsOfCapture(tx, refund.paypalCaptureId)
    const leftMinor = planRetry(current, all, capture.amountMinor)
    if (leftMinor > 0 && leftMinor < current.amountMinor) return takeUpRefund(tx, refund.id, 'pending', leftMinor)
    return settleRefund(tx, current, { state: 'failed', issue: leftMinor === 0 ? REFUNDED_AT_PAYPAL : issue })
  })
}

/** A no of PayPal's. Where a bank or somebody at PayPal's site has all of the money, that is the reason, whatever PayPal calls it. */
async function fail(services: PaymentServices, refund: Refund, issue: string): Promise<void> {
  await withCurrent(services, refund, async (tx, current, capture) => {
    const all = await listRefundsOfCapture(tx, refund.paypalCaptureId)
    const isGone =
      leftOf(
        all.filter(({ id }) => id !== refund.id),
        capture.amountMinor,
      ) === 0
    await settleRefund(tx, current, { state: 'failed', issue: isGone ? REFUNDED_AT_PAYPAL : issue })
  })
}

/** The merchant's balance may be filled: it is asked for again in a while, as another request. */
async function tryLater(services: PaymentServices, refund: Refund, issue: string): Promise<void> {
  await withCurrent(services, refund, async (tx, current) => {
    await takeUpRefund(tx, refund.id, 'pending', current.amountMinor)
    await postponeRefund(tx, refund.id, LATER_SECONDS, issue)
  })
  getLog().error({ refundId: refund.id, issue }, 'PayPal does not make a refund yet')
}

async function askAbout(services: PaymentServices, refund: Refund): Promise<void> {
  if (refund.paypalRefundId === null) throw new Error(`refund ${refund.id} was sent without PayPal's id`)
  const seen = await services.gateway.getRefund(refund.paypalRefundId)
  if (seen.kind === 'found' && seen.refund.amount !== null && seen.refund.status !== 'PENDING') {
    await recordPayPalRefund(services, refund.paypalCaptureId, seen.refund)
    return
  }
  await postpone(services, refund, seen.kind === 'found' ? 'REFUND_PENDING' : 'PayPal does not show the refund')
}

async function settle(services: PaymentServices, refund: Refund, news: RefundNews): Promise<void> {
  await withCurrent(services, refund, (tx, current) => settleRefund(tx, current, news))
}

/** An answer to a try that has been given up meanwhile says nothing of the next one: then nothing is written. */
async function withCurrent(
  { db }: PaymentServices,
  refund: Refund,
  write: (tx: Transaction, current: Refund, capture: PaymentCapture) => Promise<unknown>,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const capture = await lockCapture(tx, refund.paypalCaptureId)
    const current = await findRefund(tx, refund.id)
    if (capture && current?.state === refund.state && current.sendSeq === refund.sendSeq) {
      await write(tx, current, capture)
    }
  })
}

async function postpone({ db }: PaymentServices, refund: Refund, cause: string): Promise<void> {
  const seconds = BACKOFF_SECONDS[Math.min(refund.tries - 1, BACKOFF_SECONDS.length - 1)] ?? 5
  await postponeRefund(db, refund.id, seconds, cause)
  getLog().warn({ refundId: refund.id, cause, tries: refund.tries }, 'no definite answer about a refund')
}
