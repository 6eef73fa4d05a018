import 'server-only'

import type { Database } from '@/db/client'
import { moveReturn } from '@/db/queries/returns'
import type { Admin } from '@/lib/admin/admin'
import type { ActOutcome } from '@/lib/fulfilment/act-on-order'
import { queueMail } from '@/lib/mail/queue-mail'
import { readSeller } from '@/lib/papers/read-seller'

import { actOnReturn, type ReturnAct } from './act-on-return'
import { describeLines } from './describe-lines'

/** The pieces may come back: the buyer is told where to, and what staff add to it. Not before the shop has an address. */
export async function approveReturn(
  db: Database,
  admin: Admin<'orders.edit'>,
  { answer, ...input }: ReturnAct & { readonly answer: string },
): Promise<ActOutcome> {
  return actOnReturn(db, admin, input, 'approved', async (tx, order, row) => {
    const seller = await readSeller(tx, order.address.country)
    if (!seller) return { kind: 'no_address' } as const
    const sendTo: string[] = [seller.name, ...seller.addressLines]
    await moveReturn(tx, row.id, { state: 'approved', answer })
    const mail = {
      kind: 'return_approved',
      orderId: order.id,
      items: await describeLines(tx, row.id, 'asked'),
      sendTo,
      answer: answer || null,
    } as const
    await queueMail(tx, mail, { to: order.email, about: row.id })
    return {
      kind: 'done',
      event: 'return_approved',
      action: 'return.approved',
      ...(answer ? { data: { text: answer } } : {}),
      before: { state: row.state },
      after: { state: 'approved', returnId: row.id },
    } as const
  })
}

/** They may not, or not be paid for: the buyer is told why. Also once the parcel is here. */
export async function refuseReturn(
  db: Database,
  admin: Admin<'orders.edit'>,
  { answer, ...input }: ReturnAct & { readonly answer: string },
): Promise<ActOutcome> {
  return actOnReturn(db, admin, input, 'refused', async (tx, order, row) => {
    await moveReturn(tx, row.id, { state: 'refused', answer })
    const mail = { kind: 'return_refused', orderId: order.id, reason: answer } as const
    await queueMail(tx, mail, { to: order.email, about: row.id })
    return {
      kind: 'done',
      event: 'return_refused',
      action: 'return.refused',
      data: { text: answer },
      before: { state: row.state },
      after: { state: 'refused', returnId: row.id },
    } as const
  })
}
