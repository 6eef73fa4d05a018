import 'server-only'

import type { Database, Transaction } from '@/db/client'
import { listOrderEvents, listShipments, type LockedOrder, type OrderEventRow } from '@/db/queries/fulfilment'
import { listRefundsOfOrder } from '@/db/queries/order-desk'
import { findOrder } from '@/db/queries/orders'
import type { Admin } from '@/lib/admin/admin'
import { ERASED_EMAIL } from '@/lib/domain/attempt-snapshot'
import { trackingUrl } from '@/lib/domain/fulfilment'
import type { Mail } from '@/lib/domain/mail'
import { aboutAgain, newestMails, type ResentKind } from '@/lib/domain/order-mail'
import { listOrderMails } from '@/lib/mail/order-mails'
import { queueMail } from '@/lib/mail/queue-mail'

import { actOnOrder, type ActOutcome, type OrderAct } from './act-on-order'
import { describePiece } from './ship-order'

/**
 * Sends a mail about an order once more, or one that was given up: to the order's address, and written anew from what is so by now,
 * since what was sent is not kept. `first`: the key of the first mail of its kind about its thing.
 */
export async function resendMail(
  db: Database,
  admin: Admin<'orders.edit'>,
  input: OrderAct & { readonly first: string },
): Promise<ActOutcome> {
  return actOnOrder(db, admin, input, async (tx, order) => {
    if (order.email === ERASED_EMAIL) return { kind: 'buyer_forgotten' }
    const known = await readWhatMailsSay(tx, order)
    const asked = newestMails(known.mails).find(({ first }) => first === input.first)
    const mail = asked ? writeAgain(known, asked) : null
    if (!asked || !mail) return { kind: 'no_such_mail' }
    if (!asked.doneAt && !asked.deadAt) return { kind: 'mail_on_its_way' }
    const time = known.events.filter(({ kind }) => kind === 'mail_resent').length + 1
    await queueMail(tx, mail, { to: order.email, about: aboutAgain(asked.about, time) })
    return {
      kind: 'done',
      event: 'mail_resent',
      action: 'order.mail_resent',
      data: { mail: asked.first },
      after: { mail: asked.first },
    }
  })
}

type Known = Awaited<ReturnType<typeof readWhatMailsSay>>

async function readWhatMailsSay(tx: Transaction, order: LockedOrder) {
  const shipments = await listShipments(tx, [order.id])
  const refunds = await listRefundsOfOrder(tx, order.id)
  const events: readonly OrderEventRow[] = await listOrderEvents(tx, order.id)
  const mails = await listOrderMails(tx, { id: order.id, shipments, refunds, returns: [], events })
  const found = await findOrder(tx, order.orderNumber)
  if (!found) throw new Error(`order ${order.orderNumber} is locked and not there`)
  return { order, shipments, refunds, events, mails, currency: found.order.total.currency }
}

/** Null when what it said does not hold any more, as of a refund that was undone. */
function writeAgain(
  known: Known,
  { kind, about, first }: { kind: ResentKind; about: string; first: string },
): Mail | null {
  const { order, events, currency } = known
  const orderId = order.id
  switch (kind) {
    case 'order_placed':
      return { kind, orderId }
    case 'delivered':
      return { kind, orderId }
    case 'cancelled': {
      const reason = events.findLast((event) => event.kind === 'cancelled')?.data.text ?? null
      return { kind, orderId, reason }
    }
    case 'refunded': {
      const refund = known.refunds.find(({ id }) => id === about)
      return refund?.state === 'completed' ? { kind, orderId, amountMinor: refund.amountMinor, currency } : null
    }
    case 'shipped': {
      const parcel = known.shipments.find(({ id }) => id === about)
      return parcel ? writeOfParcel(known, parcel, first) : null
    }
  }
}

function writeOfParcel({ order, mails }: Known, parcel: Known['shipments'][number], first: string): Mail {
  const { carrier, carrierCode, trackingNumber, items } = parcel
  // The wrong number stays wrong for whoever reads this one and never got the mail that put it right.
  const corrects = mails.some(({ key }) => key !== first && key.startsWith(`${first} `) && !key.includes(' again '))
  return {
    kind: 'shipped',
    orderId: order.id,
    carrier,
    trackingNumber,
    trackingUrl: trackingNumber === null ? null : trackingUrl(carrierCode, trackingNumber),
    items: items.map((item) => describePiece(order, item)),
    ...(corrects ? { corrects: true } : {}),
  }
}
