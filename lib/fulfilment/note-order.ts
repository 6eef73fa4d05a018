import 'server-only'

import type { Database } from '@/db/client'
import type { Admin } from '@/lib/admin/admin'

import { actOnOrder, type ActOutcome } from './act-on-order'

/** A note that staff read and buyers do not. */
export async function noteOrder(
  db: Database,
  admin: Admin<'orders.edit'>,
  { orderNumber, text }: { orderNumber: string; text: string },
): Promise<ActOutcome> {
  return actOnOrder(db, admin, { orderNumber, seenEventId: null }, async () => ({
    kind: 'done',
    event: 'note',
    action: 'order.noted',
    data: { text },
  }))
}
