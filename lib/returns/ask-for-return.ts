import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { insertOrderEvent, lockOrder } from '@/db/queries/fulfilment'
import { findReturn, insertReturn, readReturnable } from '@/db/queries/returns'
import { BUYER } from '@/lib/domain/order-event'
import {
  planReturn,
  RETURN_REASON_TEXTS,
  type PlannedReturn,
  type ReturnLine,
  type ReturnReason,
} from '@/lib/domain/return'
import { queueMail } from '@/lib/mail/queue-mail'
import { findReceipt, type ReceiptRequest } from '@/lib/orders/find-receipt'

import { describeLines } from './describe-lines'

export interface AskedReturn {
  /** Made by the form, so that sending it twice asks once. */
  readonly returnId: string
  readonly lines: readonly ReturnLine[]
  readonly reason: ReturnReason
  readonly note: string
}

export type AskOutcome =
  | { readonly kind: 'asked' }
  | { readonly kind: 'not_found' }
  | Exclude<PlannedReturn, { kind: 'planned' }>

/** Whoever may read an order's receipt asks to send something of it back. Staff answer; the buyer gets a mail that it has come in. */
export async function askForReturn(
  db: Database,
  request: ReceiptRequest,
  { returnId, lines, reason, note }: AskedReturn,
): Promise<AskOutcome> {
  return inTransaction(db, async (tx): Promise<AskOutcome> => {
    const receipt = await findReceipt(tx, request)
    const order = receipt && (await lockOrder(tx, receipt.order.orderNumber))
    if (!order) return { kind: 'not_found' }
    const known = await findReturn(tx, returnId)
    if (known) return { kind: known.orderId === order.id ? 'asked' : 'not_found' }
    const plan = planReturn(await readReturnable(tx, order.id), lines, new Date())
    if (plan.kind !== 'planned') return plan
    await insertReturn(tx, { id: returnId, orderId: order.id, reason, note }, plan.lines)
    const text = [RETURN_REASON_TEXTS[reason], note].filter(Boolean).join('. ')
    await insertOrderEvent(tx, { orderId: order.id, kind: 'return_requested', actorEmail: BUYER, data: { text } })
    const items = await describeLines(tx, returnId, 'asked')
    await queueMail(tx, { kind: 'return_requested', orderId: order.id, items }, { to: order.email, about: returnId })
    return { kind: 'asked' }
  })
}
