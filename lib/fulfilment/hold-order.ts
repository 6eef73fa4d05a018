import 'server-only'

import type { Database } from '@/db/client'
import { placeHold, releaseAllHolds } from '@/db/queries/order-holds'
import type { Admin } from '@/lib/admin/admin'

import { actOnOrder, type ActOutcome, type OrderAct } from './act-on-order'

/** Nothing moves or leaves until it is released. */
export async function holdOrder(
  db: Database,
  admin: Admin<'orders.edit'>,
  input: OrderAct & { readonly reason: string },
): Promise<ActOutcome> {
  return actOnOrder(db, admin, input, async (tx, order) => {
    await placeHold(tx, order.id, 'manual', 'staff')
    return { kind: 'done', event: 'held', action: 'order.held', data: { text: input.reason } }
  })
}

/** Lifts every hold, a dispute's too: whoever does it has looked, and says why. */
export async function releaseOrder(
  db: Database,
  admin: Admin<'orders.edit'>,
  input: OrderAct & { readonly reason: string },
): Promise<ActOutcome> {
  return actOnOrder(db, admin, input, async (tx, order) => {
    const released = await releaseAllHolds(tx, order.id)
    return { kind: 'done', event: 'released', action: 'order.released', data: { text: input.reason }, before: released }
  })
}
