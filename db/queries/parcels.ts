import { and, asc, eq, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm'

import type { Queryable, Transaction } from '../client'
import { shipments } from '../schema/fulfilment'
import { orders } from '../schema/orders'

/** What PayPal is told of a parcel. */
export interface ParcelToTell {
  readonly id: string
  readonly tries: number
  /** Which telling of this parcel it is; what has been changed since is told by the next one. */
  readonly telling: number
  readonly orderNumber: string
  readonly paypalOrderId: string
  readonly paypalCaptureId: string
  readonly carrierCode: string
  readonly carrier: string
  readonly trackingNumber: string
  /** To be taken back at PayPal. */
  readonly wrongNumbers: readonly string[]
  readonly items: readonly { readonly name: string; readonly sku: string; readonly quantity: number }[]
}

const LEASE = sql`now() + interval '45 seconds'`

/** Parcels that PayPal is to be told of, leased to the caller. */
export async function claimParcelsToTell(db: Queryable, limit: number): Promise<ParcelToTell[]> {
  const due = db
    .select({ id: shipments.id })
    .from(shipments)
    .where(and(isNotNull(shipments.tellPaypalAt), lte(shipments.tellPaypalAt, sql`now()`)))
    .orderBy(asc(shipments.tellPaypalAt))
    .limit(limit)
    .for('update', { skipLocked: true })
  const claimed = await db
    .update(shipments)
    .set({ tellPaypalAt: LEASE, tries: sql`${shipments.tries} + 1` })
    .where(inArray(shipments.id, due))
    .returning({ id: shipments.id })
  if (claimed.length === 0) return []
  const { rows } = await db.execute<ParcelToTell & Record<string, unknown>>(sql`
    select s.id, s.tries, s.telling, o.order_number as "orderNumber", a.paypal_order_id as "paypalOrderId",
      o.paypal_capture_id as "paypalCaptureId", s.carrier_code as "carrierCode", s.carrier,
      s.tracking_number as "trackingNumber", s.wrong_numbers as "wrongNumbers",
      (select jsonb_agg(jsonb_build_object('name', i.product_name, 'sku', i.sku, 'quantity', p.quantity) order by i.position)
       from shipment_items p join order_items i using (order_id, position) where p.shipment_id = s.id) as items
    from shipments s join orders o on o.id = s.order_id join payment_attempts a on a.id = o.attempt_id
    where s.id = any(${sql.param(claimed.map(({ id }) => id))}::uuid[])`)
  return rows
}

type Telling = Pick<ParcelToTell, 'id' | 'telling'>

/** Whoever changed the parcel meanwhile has asked for another telling, which this one is not. */
const isStill = ({ id, telling }: Telling) => and(eq(shipments.id, id), eq(shipments.telling, telling))

export async function noteParcelTold(db: Queryable, parcel: Telling): Promise<void> {
  await db
    .update(shipments)
    .set({ tellPaypalAt: null, toldPaypalAt: sql`now()`, lastIssue: null, wrongNumbers: [] })
    .where(isStill(parcel))
}

/** `seconds`: until the next try; null to give up. */
export async function postponeParcel(
  db: Queryable,
  parcel: Telling,
  seconds: number | null,
  issue: string,
): Promise<void> {
  await db
    .update(shipments)
    .set({ lastIssue: issue, tellPaypalAt: seconds === null ? null : sql`now() + make_interval(secs => ${seconds})` })
    .where(isStill(parcel))
}

const TELL_ANEW = {
  tellPaypalAt: sql`now()`,
  toldPaypalAt: null,
  tries: 0,
  lastIssue: null,
  telling: sql`${shipments.telling} + 1`,
}

/** The parcel's right carrier and number, which PayPal is to be told. A number that PayPal may know is kept to be taken back. */
export async function correctShipment(
  tx: Transaction,
  id: string,
  right: { carrierCode: string; carrier: string; trackingNumber: string },
): Promise<void> {
  const { trackingNumber, wrongNumbers, tries, telling } = shipments
  await tx
    .update(shipments)
    .set({
      ...right,
      ...TELL_ANEW,
      wrongNumbers: sql`array_remove(
        case when (${tries} > 0 or ${telling} > 0) and ${trackingNumber} is not null then ${wrongNumbers} || ${trackingNumber} else ${wrongNumbers} end,
        ${right.trackingNumber})`,
    })
    .where(eq(shipments.id, id))
}

export async function tellShipmentAgain(tx: Transaction, id: string): Promise<void> {
  await tx.update(shipments).set(TELL_ANEW).where(eq(shipments.id, id))
}

/** Parcels that PayPal was not told of and will not be by itself: how many, and the order of the first of them. */
export async function countGivenUpParcels(db: Queryable): Promise<{ n: number; orderNumber: string | null }> {
  const isGivenUp = and(
    isNotNull(shipments.trackingNumber),
    isNull(shipments.tellPaypalAt),
    isNull(shipments.toldPaypalAt),
  )
  const [first] = await db
    .select({ orderNumber: orders.orderNumber })
    .from(shipments)
    .innerJoin(orders, eq(orders.id, shipments.orderId))
    .where(isGivenUp)
    .orderBy(asc(shipments.shippedAt))
    .limit(1)
  if (!first) return { n: 0, orderNumber: null }
  return { n: await db.$count(shipments, isGivenUp), orderNumber: first.orderNumber }
}
