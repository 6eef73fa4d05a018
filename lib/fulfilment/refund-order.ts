import 'server-only'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { lockCapture } from '@/db/queries/captures'
import type { LockedOrder } from '@/db/queries/fulfilment'
import { findOrder, findOrderIdentity } from '@/db/queries/orders'
import { findRefund, readRefundableOrder, type Refund } from '@/db/queries/refunds'
import type { Admin } from '@/lib/admin/admin'
import type { Currency } from '@/lib/domain/money'
import { planRefund, type RefundRequest } from '@/lib/domain/refund-request'
import { refundParts } from '@/lib/domain/refund-parts'
import type { PaymentServices } from '@/lib/payments/payment-services'
import { sendRequestedRefund, writeRefund, type RefundRefusal } from '@/lib/payments/request-refund'

import { actOnOrder, type ActRefusal, type OrderAct } from './act-on-order'

export interface RefundInput extends OrderAct {
  /** Made by the form, so that sending it twice gives the money back once. */
  readonly refundId: string
  readonly request: RefundRequest
  /** As `writeRefund` takes it. */
  readonly shownMinor: number | null
  /** At most 255 characters, shown to the buyer by PayPal. */
  readonly note: string
}

export type RefundOrderOutcome = { readonly kind: 'refunded'; readonly refund: Refund } | ActRefusal | RefundRefusal

/** Gives money of an order back: the row, the order's timeline and the audit log in one transaction, then PayPal. */
export async function refundOrder(
  services: PaymentServices,
  admin: Admin<'orders.refund'>,
  { refundId, request, shownMinor, note, ...input }: RefundInput,
): Promise<RefundOrderOutcome> {
  let refused: RefundRefusal | null = null
  const isDone = async (tx: Transaction) => (await findRefund(tx, refundId)) !== null
  const give = async (tx: Transaction, order: LockedOrder) => {
    const { orderNumber } = order
    const written = await writeRefund(tx, { refundId, orderNumber, request, noteToPayer: note, shownMinor })
    if (written.kind === 'not_found') return written
    if (written.kind !== 'requested') {
      refused = written
      return { kind: 'not_found' } as const
    }
    const { amountMinor } = written.refund
    const data = { amountMinor, ...(note ? { text: note } : {}) }
    return {
      kind: 'done',
      event: 'refunded',
      action: 'order.refunded',
      data,
      after: { refundId, amountMinor, request },
    } as const
  }
  const outcome = await actOnOrder(services.db, admin, input, give, isDone)
  if (refused) return refused
  return outcome.kind === 'done' ? sendAgain(services, refundId) : outcome
}

async function sendAgain(services: PaymentServices, refundId: string): Promise<RefundOrderOutcome> {
  const refund = await sendRequestedRefund(services, refundId)
  return refund ? { kind: 'refunded', refund } : { kind: 'not_found' }
}

/** With the capture locked: what it finds left is left until the transaction ends. */
async function planOf(tx: Transaction, order: Pick<LockedOrder, 'id' | 'paypalCaptureId'>, request: RefundRequest) {
  await lockCapture(tx, order.paypalCaptureId)
  const refundable = await readRefundableOrder(tx, order.id)
  if (!refundable) throw new Error(`order ${order.id} is not there`)
  return { order: refundable.order, plan: planRefund(refundable.order, request) }
}

/** What would go back, for what, and what would then be left; null when there is no such order. Nothing is written. */
export async function previewRefund(
  db: Database,
  _admin: Admin<'orders.refund'>,
  orderNumber: string,
  request: RefundRequest,
) {
  const identity = await findOrderIdentity(db, orderNumber)
  if (!identity) return null
  const { order, plan } = await inTransaction(db, (tx) => planOf(tx, identity, request))
  const leftMinor = order.totalMinor - order.refundedMinor
  return { plan, leftMinor, parts: plan.kind === 'planned' ? refundParts(order, request, plan) : [] }
}

/** The currency an order was paid in, which is the one that goes back; null when there is no such order. */
export async function getOrderCurrency(
  services: PaymentServices,
  _admin: Admin<'orders.refund'>,
  orderNumber: string,
): Promise<Currency | null> {
  return (await findOrder(services.db, orderNumber))?.order.total.currency ?? null
}
