import 'server-only'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import {
  insertOrderEvent,
  listOrderEvents,
  lockOrder,
  type LockedOrder,
  type OrderEventRow,
} from '@/db/queries/fulfilment'
import { actorOf, type Admin } from '@/lib/admin/admin'
import type { AuditAction } from '@/lib/domain/audit'
import type { OrderState } from '@/lib/domain/order'
import type { OrderEventData, OrderEventKind } from '@/lib/domain/order-event'
import type { ReturnState } from '@/lib/domain/return'

/** Which order, and up to which of its events whoever acts has seen it. */
export interface OrderAct {
  readonly orderNumber: string
  /** The id of the last event on the page; 0 for none; null when it does not matter, as for a note. */
  readonly seenEventId: number | null
}

/** Why nothing was done. */
export type ActRefusal =
  | {
      readonly kind:
        | 'not_found'
        | 'held'
        | 'nothing_to_ship'
        | 'left_to_ship'
        | 'refund_on_its_way'
        | 'nothing_received'
        | 'no_address'
        | 'no_such_parcel'
        | 'paypal_knows'
        | 'other_tax'
        | 'no_such_mail'
        | 'mail_on_its_way'
        | 'buyer_forgotten'
    }
  | { readonly kind: 'illegal'; readonly from: OrderState }
  /** A return that is not where this act begins. */
  | { readonly kind: 'return_is'; readonly state: ReturnState }
  | { readonly kind: 'too_many'; readonly position: number; readonly left: number }
  /** Somebody else was first; this is what they did. */
  | { readonly kind: 'changed_meanwhile'; readonly events: readonly OrderEventRow[] }

export type ActOutcome = { readonly kind: 'done' } | ActRefusal

export interface Done {
  readonly kind: 'done'
  readonly event: OrderEventKind
  readonly action: AuditAction
  readonly data?: OrderEventData
  readonly before?: unknown
  readonly after?: unknown
}

/**
 * One act of staff on one order: the order is locked, what somebody else did meanwhile is told, and what is done, the order's own
 * timeline and the audit log are written together or not at all.
 */
export async function actOnOrder<Refusal extends ActRefusal>(
  db: Database,
  admin: Admin,
  { orderNumber, seenEventId }: OrderAct,
  act: (tx: Transaction, order: LockedOrder) => Promise<Done | Refusal>,
  /** True when this very form was sent before: then it is done, whatever else has happened since. */
  isDone: (tx: Transaction, order: LockedOrder) => Promise<boolean> = async () => false,
): Promise<ActOutcome> {
  return inTransaction(db, async (tx): Promise<ActOutcome> => {
    const order = await lockOrder(tx, orderNumber)
    if (!order) return { kind: 'not_found' }
    if (await isDone(tx, order)) return { kind: 'done' }
    if (seenEventId !== null) {
      const events = await listOrderEvents(tx, order.id, seenEventId)
      if (events.length > 0) return { kind: 'changed_meanwhile', events }
    }
    const done = await act(tx, order)
    if (done.kind !== 'done') return done
    const data = done.data ? { data: done.data } : {}
    await insertOrderEvent(tx, { orderId: order.id, kind: done.event, actorEmail: admin.email, ...data })
    await appendAudit(tx, {
      ...actorOf(admin),
      action: done.action,
      subject: `order ${orderNumber}`,
      before: done.before ?? null,
      after: done.after ?? null,
    })
    return { kind: 'done' }
  })
}
