import 'server-only'

import type { Database } from '@/db/client'
import { moveOrder } from '@/db/queries/fulfilment'
import type { Admin } from '@/lib/admin/admin'
import { planEnd, planMove } from '@/lib/domain/fulfilment'
import { queueMail } from '@/lib/mail/queue-mail'

import { actOnOrder, type ActOutcome, type OrderAct } from './act-on-order'

const STEPS = {
  /** Somebody packs it. */
  start: { to: 'processing', event: 'processing', action: 'order.processing' },
  /** Nobody packs it after all. */
  reopen: { to: 'created', event: 'reopened', action: 'order.processing' },
  /** The rest was refunded: what was sent is all there is. */
  end: { to: 'shipped', event: 'sending_ended', action: 'order.sending_ended' },
  deliver: { to: 'delivered', event: 'delivered', action: 'order.delivered' },
} as const

/** A step of an order that needs nothing but the decision. The buyer is mailed once it is delivered. */
export async function stepOrder(
  db: Database,
  admin: Admin<'orders.fulfil'>,
  step: keyof typeof STEPS,
  input: OrderAct,
): Promise<ActOutcome> {
  const { to, event, action } = STEPS[step]
  return actOnOrder(db, admin, input, async (tx, order) => {
    const move = step === 'end' ? planEnd(order) : planMove(order, to)
    if (move.kind !== 'move') return move
    await moveOrder(tx, order.id, to)
    if (to === 'delivered') {
      await queueMail(tx, { kind: 'delivered', orderId: order.id }, { to: order.email, about: order.id })
    }
    return { kind: 'done', event, action, before: { state: order.state }, after: { state: to } }
  })
}
