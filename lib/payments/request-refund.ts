import 'server-only'

import { inTransaction, type Transaction } from '@/db/client'
import { lockCapture } from '@/db/queries/captures'
import { findOrderIdentity } from '@/db/queries/orders'
import { claimRefund, findRefund, insertRefund, readRefundableOrder, type Refund } from '@/db/queries/refunds'
import { planRefund, type PlannedRefund, type RefundRequest } from '@/lib/domain/refund-request'

import type { PaymentServices } from './payment-services'
import { sendRefund } from './send-refund'

export interface RefundInput {
  /** Made by whoever asks, before asking: the same id again is the same refund, however often a form is sent. */
  readonly refundId: string
  readonly orderNumber: string
  readonly request: RefundRequest
  /** At most 255 characters, shown to the buyer by PayPal. */
  readonly noteToPayer: string
  /** What a page has shown that would go back, in minor units; null for whoever saw no page. Another amount is not sent. */
  readonly shownMinor?: number | null
}

export type RefundRefusal =
  | Exclude<PlannedRefund, { kind: 'planned' }>
  | { readonly kind: 'other_amount'; readonly amountMinor: number }

export type RequestRefundOutcome =
  | { readonly kind: 'requested'; readonly refund: Refund }
  | { readonly kind: 'not_found' }
  | RefundRefusal

/**
 * The one verb for giving an order's money back, in whole or in part: the row first, then PayPal. Who may ask is the
 * caller's question. The answer tells how far it got; what is not complete yet the worker completes.
 */
export async function requestRefund(services: PaymentServices, input: RefundInput): Promise<RequestRefundOutcome> {
  const outcome = await inTransaction(services.db, (tx) => writeRefund(tx, input))
  if (outcome.kind !== 'requested') return outcome
  const refund = await sendRequestedRefund(services, input.refundId)
  return refund ? { kind: 'requested', refund } : { kind: 'not_found' }
}

/** After the commit of its row. The answer is how far it got. */
export async function sendRequestedRefund(services: PaymentServices, refundId: string): Promise<Refund | null> {
  const leased = await claimRefund(services.db, refundId)
  if (leased) await sendRefund(services, leased)
  return findRefund(services.db, refundId)
}

/** The row of a refund, in the transaction of what it is part of; `sendRequestedRefund` then does what it says. */
export async function writeRefund(tx: Transaction, input: RefundInput): Promise<RequestRefundOutcome> {
  const identity = await findOrderIdentity(tx, input.orderNumber)
  if (!identity) return { kind: 'not_found' }
  await lockCapture(tx, identity.paypalCaptureId)
  const known = await findRefund(tx, input.refundId)
  if (known) return known.orderId === identity.id ? { kind: 'requested', refund: known } : { kind: 'not_found' }
  const refundable = await readRefundableOrder(tx, identity.id)
  if (!refundable) return { kind: 'not_found' }
  const planned = planRefund(refundable.order, input.request)
  if (planned.kind !== 'planned') return planned
  const { amountMinor } = planned
  if (typeof input.shownMinor === 'number' && amountMinor !== input.shownMinor)
    return { kind: 'other_amount', amountMinor }
  const refund = await insertRefund(
    tx,
    {
      id: input.refundId,
      paypalCaptureId: refundable.paypalCaptureId,
      orderId: identity.id,
      amountMinor,
      deliveryMinor: planned.deliveryMinor,
      currency: refundable.currency,
      reason: 'merchant',
      noteToPayer: input.noteToPayer,
      isRest: input.request.kind === 'rest',
    },
    planned.items.map((item) => ({ ...item, orderId: identity.id })),
  )
  return { kind: 'requested', refund }
}
