import 'server-only'

import type { Transaction } from '@/db/client'
import type { LockedOrder } from '@/db/queries/fulfilment'
import { findOrder } from '@/db/queries/orders'
import { findRefund, type Refund } from '@/db/queries/refunds'
import type { Admin } from '@/lib/admin/admin'
import type { Currency } from '@/lib/domain/money'
import type { PlannedRefund, RefundRequest } from '@/lib/domain/refund'
import type { PaymentServices } from '@/lib/payments/payment-services'
import { sendRequestedRefund, writeRefund } from '@/lib/payments/request-refund'

import { actOnOrder, type ActRefusal, type OrderAct } from './act-on-order'

export interface RefundInput extends OrderAct {
  /** Made by the form, so that sending it twice gives the money back once. */
  readonly refundId: string
  readonly request: RefundRequest
  /** At most 255 characters, shown to the buyer by PayPal. */
  readonly note: string
}

export type RefundOrderOutcome =
  | { readonly kind: 'refunded'; readonly refund: Refund }
  | ActRefusal
  | Exclude<PlannedRefund, { kind: 'planned' }>

/** Gives money of an order back: the row, the order's timeline and the audit log in one transaction, then PayPal. */
export async function refundOrder(
  services: PaymentServices,
  admin: Admin<'orders.refund'>,
  { refundId, request, note, ...input }: RefundInput,
): Promise<RefundOrderOutcome> {
  let refused: Exclude<PlannedRefund, { kind: 'planned' }> | null = null
  const isDone = async (tx: Transaction) => (await findRefund(tx, refundId)) !== null
  const give = async (tx: Transaction, order: LockedOrder) => {
    const written = await writeRefund(tx, { refundId, orderNumber: order.orderNumber, request, noteToPayer: note })
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

/** The currency an order was paid in, which is the one that goes back; null when there is no such order. */
export async function getOrderCurrency(
  services: PaymentServices,
  _admin: Admin<'orders.refund'>,
  orderNumber: string,
): Promise<Currency | null> {
  return (await findOrder(services.db, orderNumber))?.order.total.currency ?? null
}
