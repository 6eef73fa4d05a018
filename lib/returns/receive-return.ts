import 'server-only'

import type { Database } from '@/db/client'
import { listReturnItems, moveReturn, writeFound } from '@/db/queries/returns'
import type { Admin } from '@/lib/admin/admin'
import { planReceipt, type ReceivedLine } from '@/lib/domain/return'
import type { ActOutcome } from '@/lib/fulfilment/act-on-order'
import { queueMail } from '@/lib/mail/queue-mail'

import { actOnReturn, type ReturnAct } from './act-on-return'
import { describeLines } from './describe-lines'

/** The parcel is here: what is in it, in which condition, and whether it can be sold again. Money and shelf follow with the refund. */
export async function receiveReturn(
  db: Database,
  admin: Admin<'orders.fulfil'>,
  { found, ...input }: ReturnAct & { readonly found: readonly ReceivedLine[] },
): Promise<ActOutcome> {
  return actOnReturn(db, admin, input, 'received', async (tx, order, row) => {
    const plan = planReceipt(await listReturnItems(tx, row.id), found)
    if (plan.kind === 'nothing') return { kind: 'nothing_received' } as const
    if (plan.kind === 'too_many') return plan
    await writeFound(tx, row.id, plan.lines)
    await moveReturn(tx, row.id, { state: 'received' })
    const items = await describeLines(tx, row.id, 'received')
    await queueMail(tx, { kind: 'return_received', orderId: order.id, items }, { to: order.email, about: row.id })
    return {
      kind: 'done',
      event: 'return_received',
      action: 'return.received',
      before: { state: row.state },
      after: { state: 'received', returnId: row.id, lines: plan.lines },
    } as const
  })
}
