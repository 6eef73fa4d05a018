import 'server-only'

import type { Database, Transaction } from '@/db/client'
import { listShipments, type LockedOrder } from '@/db/queries/fulfilment'
import { correctShipment, tellShipmentAgain } from '@/db/queries/parcels'
import type { Admin } from '@/lib/admin/admin'
import { findCarrier, trackingUrl } from '@/lib/domain/fulfilment'
import { aboutCorrection } from '@/lib/mail/order-mails'
import { queueMail } from '@/lib/mail/queue-mail'

import { actOnOrder, type ActOutcome, type OrderAct } from './act-on-order'
import { describePiece } from './ship-order'

export interface ParcelAct extends OrderAct {
  readonly shipmentId: string
}

/**
 * Puts the carrier and the number of a parcel right that has left: the buyer gets a mail with them, and the worker tells PayPal and
 * takes back there what was wrong. Also of a held order: nothing moves by it, and a dispute may hang on the number.
 */
export async function correctParcel(
  db: Database,
  admin: Admin<'orders.fulfil'>,
  input: ParcelAct & { readonly carrier: string; readonly trackingNumber: string },
): Promise<ActOutcome> {
  const { code, name } = findCarrier(input.carrier)
  const { trackingNumber } = input
  const isRight = (parcel: OfParcel) => parcel.carrier === name && parcel.trackingNumber === trackingNumber
  // The same form sent twice is one correction and one mail.
  const isDone = async (tx: Transaction, order: LockedOrder) => {
    const parcel = await findParcel(tx, order, input.shipmentId)
    return parcel !== null && isRight(parcel)
  }
  const correct = async (tx: Transaction, order: LockedOrder) => {
    const parcel = await findParcel(tx, order, input.shipmentId)
    if (!parcel) return { kind: 'no_such_parcel' } as const
    await correctShipment(tx, parcel.id, { carrierCode: code, carrier: name, trackingNumber })
    const mail = {
      kind: 'shipped',
      orderId: order.id,
      carrier: name,
      trackingNumber,
      trackingUrl: trackingUrl(code, trackingNumber),
      items: parcel.items.map((item) => describePiece(order, item)),
      corrects: true,
    } as const
    await queueMail(tx, mail, { to: order.email, about: aboutCorrection(parcel.id, parcel.telling + 1) })
    const after = { carrier: name, trackingNumber }
    return {
      kind: 'done',
      event: 'parcel_corrected',
      action: 'order.parcel_corrected',
      data: after,
      before: { carrier: parcel.carrier, trackingNumber: parcel.trackingNumber },
      after,
    } as const
  }
  return actOnOrder(db, admin, input, correct, isDone)
}

/** Lets the worker tell PayPal of a parcel once more that it refused, or did not answer about often enough. */
export async function retellParcel(db: Database, admin: Admin<'orders.fulfil'>, input: ParcelAct): Promise<ActOutcome> {
  return actOnOrder(db, admin, input, async (tx, order) => {
    const parcel = await findParcel(tx, order, input.shipmentId)
    if (!parcel || parcel.trackingNumber === null) return { kind: 'no_such_parcel' }
    if (parcel.toldPaypalAt) return { kind: 'paypal_knows' }
    await tellShipmentAgain(tx, parcel.id)
    const { carrier, trackingNumber, lastIssue } = parcel
    return {
      kind: 'done',
      event: 'parcel_told_again',
      action: 'order.parcel_told_again',
      data: { carrier, trackingNumber },
      before: { lastIssue },
      after: { carrier, trackingNumber },
    }
  })
}

type OfParcel = Awaited<ReturnType<typeof listShipments>>[number]

async function findParcel(tx: Transaction, order: LockedOrder, id: string): Promise<OfParcel | null> {
  return (await listShipments(tx, [order.id])).find((parcel) => parcel.id === id) ?? null
}
