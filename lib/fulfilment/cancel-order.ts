import 'server-only'

import type { Transaction } from '@/db/client'
import { moveOrder, type LockedOrder } from '@/db/queries/fulfilment'
import { findRefund } from '@/db/queries/refunds'
import type { Admin } from '@/lib/admin/admin'
import { planMove } from '@/lib/domain/fulfilment'
import { queueMail } from '@/lib/mail/queue-mail'
import type { PaymentServices } from '@/lib/payments/payment-services'
import { sendRequestedRefund, writeRefund } from '@/lib/payments/request-refund'

import { actOnOrder, type ActRefusal, type OrderAct } from './act-on-order'
import { describeMoney, type MoneySent } from './describe-money'
import { shelveRest } from './shelve-rest'

export type CancelOutcome = { readonly kind: 'done'; readonly money: MoneySent } | ActRefusal

export interface Cancellation extends OrderAct {
  /** Made by the form, so that sending it twice gives the money back once. */
  readonly refundId: string
  /** Told to the buyer; empty for none. */
  readonly reason: string
}

/**
 * Before anything is sent: the order ends, all money that is left goes back and all pieces go back on the shelf. The refund's row
 * is written in the same transaction, so a cancelled order never keeps money; PayPal hears of it after the commit.
 */
export async function cancelOrder(
  services: PaymentServices,
  admin: Admin<'orders.refund'>,
  { refundId, reason, ...input }: Cancellation,
): Promise<CancelOutcome> {
  const isDone = async (tx: Transaction) => (await findRefund(tx, refundId)) !== null
  const cancel = async (tx: Transaction, order: LockedOrder) => {
    const move = planMove(order, 'cancelled')
    if (move.kind !== 'move') return move
    const refund = await writeRefund(tx, {
      refundId,
      orderNumber: order.orderNumber,
      request: { kind: 'rest', restock: true },
      noteToPayer: reason.slice(0, 255),
    })
    if (refund.kind !== 'requested' && refund.kind !== 'nothing_left') {
      throw new Error(`order ${order.orderNumber} cannot be given back: ${refund.kind}`)
    }
    if (refund.kind === 'nothing_left') await shelveRest(tx, order, admin.email)
    await moveOrder(tx, order.id, 'cancelled')
    const mail = { kind: 'cancelled', orderId: order.id, reason: reason || null } as const
    await queueMail(tx, mail, { to: order.email, about: order.id })
    return {
      kind: 'done',
      event: 'cancelled',
      action: 'order.cancelled',
      ...(reason ? { data: { text: reason } } : {}),
      before: { state: order.state },
      after: { state: 'cancelled', refundId },
    } as const
  }
  const outcome = await actOnOrder(services.db, admin, input, cancel, isDone)
  return outcome.kind === 'done'
    ? { kind: 'done', money: describeMoney(await sendRequestedRefund(services, refundId)) }
    : outcome
}
