import 'server-only'

import type { Database, Transaction } from '@/db/client'
import { insertOrderEvent, moveOrder, type LockedOrder } from '@/db/queries/fulfilment'
import { findOrder, findOrderIdentity } from '@/db/queries/orders'
import { findRefund, readRefundableOrder } from '@/db/queries/refunds'
import { findReturn, listReturnItems, moveReturn, readReturnable } from '@/db/queries/returns'
import type { Admin } from '@/lib/admin/admin'
import { planMove } from '@/lib/domain/fulfilment'
import { ORDER_MOVES } from '@/lib/domain/order'
import { refundParts } from '@/lib/domain/refund-parts'
import { planRefund, type RefundRequest } from '@/lib/domain/refund-request'
import { isAllBack, returnRefund } from '@/lib/domain/return'
import type { ActRefusal } from '@/lib/fulfilment/act-on-order'
import { describeMoney, type MoneySent } from '@/lib/fulfilment/describe-money'
import type { PaymentServices } from '@/lib/payments/payment-services'
import { sendRequestedRefund, writeRefund, type RefundRefusal } from '@/lib/payments/request-refund'

import { actOnReturn, type ReturnAct } from './act-on-return'

export interface ReturnTerms {
  readonly withDelivery: boolean
  /** Kept of what was paid, in minor units. */
  readonly lessMinor: number
}

export interface RefundReturnInput extends ReturnAct {
  readonly refundId: string
  readonly terms: ReturnTerms
  /** As `writeRefund` takes it. */
  readonly shownMinor: number | null
  readonly note: string
}

export type RefundReturnOutcome = { readonly kind: 'done'; readonly money: MoneySent } | ActRefusal | RefundRefusal

/**
 * Gives the money of what came back: the refund's row, the return's end, the shelf's promise and, once everything is back, the order's
 * end in one transaction; then PayPal. The buyer is mailed when PayPal has sent it.
 */
export async function refundReturn(
  services: PaymentServices,
  admin: Admin<'orders.refund'>,
  { refundId, terms, shownMinor, note, ...input }: RefundReturnInput,
): Promise<RefundReturnOutcome> {
  let refused: RefundRefusal | null = null
  const isDone = async (tx: Transaction) => (await findRefund(tx, refundId)) !== null
  const give = async (tx: Transaction, order: LockedOrder) => {
    const request = await requestOf(tx, input.returnId, terms)
    const isBack = await comesBackWhole(tx, order.id, request)
    const move = isBack && ORDER_MOVES[order.state].includes('returned') ? planMove(order, 'returned') : null
    if (move && move.kind !== 'move') return move
    const { orderNumber } = order
    const written = await writeRefund(tx, { refundId, orderNumber, request, noteToPayer: note, shownMinor })
    if (written.kind === 'not_found') return written
    if (written.kind !== 'requested') {
      refused = written
      return { kind: 'not_found' } as const
    }
    await moveReturn(tx, input.returnId, { state: 'refunded', refundId })
    if (move) {
      await moveOrder(tx, order.id, 'returned')
      await insertOrderEvent(tx, { orderId: order.id, kind: 'returned', actorEmail: admin.email })
    }
    const { amountMinor } = written.refund
    return {
      kind: 'done',
      event: 'return_refunded',
      action: 'return.refunded',
      data: { amountMinor, ...(note ? { text: note } : {}) },
      before: { state: 'received' },
      after: { state: 'refunded', returnId: input.returnId, refundId, amountMinor, ...terms },
    } as const
  }
  const outcome = await actOnReturn(services.db, admin, input, 'refunded', give, isDone)
  if (refused) return refused
  return outcome.kind === 'done'
    ? { kind: 'done', money: describeMoney(await sendRequestedRefund(services, refundId)) }
    : outcome
}

async function requestOf(db: Transaction | Database, returnId: string, terms: ReturnTerms) {
  const items = await listReturnItems(db, returnId)
  const received = items.map(({ position, receivedQuantity, restock }) => ({
    position,
    receivedQuantity: receivedQuantity ?? 0,
    restock: restock ?? false,
  }))
  return returnRefund(received, terms)
}

async function comesBackWhole(tx: Transaction, orderId: string, request: RefundRequest): Promise<boolean> {
  const { items } = await readReturnable(tx, orderId)
  return isAllBack(items, request.kind === 'lines' ? request.lines : [])
}

/** What would go back on these terms, and for what; null when there is no such return or it has not arrived. Nothing is written. */
export async function previewReturnRefund(
  db: Database,
  _admin: Admin<'orders.refund'>,
  { orderNumber, returnId }: { orderNumber: string; returnId: string },
  terms: ReturnTerms,
) {
  const identity = await findOrderIdentity(db, orderNumber)
  const row = await findReturn(db, returnId)
  if (!identity || row?.orderId !== identity.id || row.state !== 'received') return null
  return db.transaction(async (tx) => {
    const refundable = await readRefundableOrder(tx, identity.id)
    const found = await findOrder(tx, orderNumber)
    if (!refundable || !found) return null
    const { totalMinor, refundedMinor } = refundable.order
    const deliveryMinor = refundable.order.deliveryMinor - refundable.order.refundedDeliveryMinor
    const { currency } = found.order.total
    const request = await requestOf(tx, returnId, terms)
    const plan = planRefund(refundable.order, request)
    const parts = plan.kind === 'planned' ? refundParts(refundable.order, request, plan) : []
    return { plan, parts, currency, deliveryMinor, leftMinor: totalMinor - refundedMinor }
  })
}
