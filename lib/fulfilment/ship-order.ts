import 'server-only'

import type { Database, Transaction } from '@/db/client'
import { findShipment, insertShipment, moveOrder, type LockedOrder } from '@/db/queries/fulfilment'
import type { Admin } from '@/lib/admin/admin'
import { findCarrier, planParcel, trackingUrl, type ParcelItem } from '@/lib/domain/fulfilment'
import { queueMail } from '@/lib/mail/queue-mail'

import { actOnOrder, type ActOutcome, type OrderAct } from './act-on-order'

export interface Parcel extends OrderAct {
  /** Made by the form, so that sending it twice is one parcel. */
  readonly shipmentId: string
  readonly carrier: string
  /** Null for what cannot be followed, such as a letter. */
  readonly trackingNumber: string | null
  readonly items: readonly ParcelItem[] | 'rest'
}

/** A parcel leaves: the order moves on, the buyer gets a mail, and the worker tells PayPal. */
export async function shipOrder(db: Database, admin: Admin<'orders.fulfil'>, parcel: Parcel): Promise<ActOutcome> {
  const isDone = async (tx: Transaction) => (await findShipment(tx, parcel.shipmentId)) !== null
  const ship = async (tx: Transaction, order: LockedOrder) => {
    const plan = planParcel(order, parcel.items)
    if (plan.kind !== 'parcel') return plan
    const { code, name } = findCarrier(parcel.carrier)
    const { shipmentId, trackingNumber } = parcel
    if (plan.to !== order.state) await moveOrder(tx, order.id, plan.to)
    const shipment = { id: shipmentId, orderId: order.id, carrierCode: code, carrier: name, trackingNumber }
    await insertShipment(tx, shipment, plan.items)
    const mail = {
      kind: 'shipped',
      orderId: order.id,
      carrier: name,
      trackingNumber,
      trackingUrl: trackingNumber === null ? null : trackingUrl(code, trackingNumber),
      items: plan.items.map((item) => describePiece(order, item)),
    } as const
    await queueMail(tx, mail, { to: order.email, about: shipmentId })
    const data = { carrier: name, ...(trackingNumber === null ? {} : { trackingNumber }) }
    return {
      kind: 'done',
      event: 'shipped',
      action: 'order.shipped',
      data,
      before: { state: order.state },
      after: { state: plan.to, ...data, items: plan.items },
    } as const
  }
  return actOnOrder(db, admin, parcel, ship, isDone)
}

/** A piece of a parcel as its buyer reads of it. */
export function describePiece(order: LockedOrder, { position, quantity }: ParcelItem) {
  const item = order.items.find((candidate) => candidate.position === position)
  const detail = (item?.options ?? []).map((option) => option.value).join(', ')
  return { productName: item?.productName ?? '', detail, quantity }
}
