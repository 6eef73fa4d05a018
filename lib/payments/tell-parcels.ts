import 'server-only'

import { claimParcelsToTell, noteParcelTold, postponeParcel, type ParcelToTell } from '@/db/queries/parcels'
import { getLog } from '@/lib/runtime/log'

import type { ShipmentServices } from './shipment-services'

const BATCH = 10
/** Seconds until the next try, by tries made; PayPal's sellers' protection allows days. */
const BACKOFF_SECONDS = [10, 60, 300, 1_800, 7_200, 28_800]

/**
 * Tells PayPal of parcels that have left. It matters to the buyer and to seller protection, and to no order of ours: what PayPal
 * refuses is noted on the parcel and waits for a person, and what it does not answer is told again.
 */
export async function tellParcels({ db, shipments }: ShipmentServices): Promise<number> {
  const due = await claimParcelsToTell(db, BATCH)
  for (const parcel of due) {
    const outcome = await tellParcel(shipments, parcel)
    if (outcome.kind === 'told') {
      await noteParcelTold(db, parcel)
      continue
    }
    const issue = outcome.kind === 'refused' ? outcome.issue : outcome.cause
    const next = outcome.kind === 'refused' ? null : (BACKOFF_SECONDS[parcel.tries - 1] ?? null)
    await postponeParcel(db, parcel, next, issue)
    const { orderNumber } = parcel
    getLog().warn({ orderNumber, issue, debugId: outcome.debugId, again: next }, 'PayPal was not told of a parcel')
  }
  return due.length
}

/** The right number first; then those that were wrong are taken back, of which PayPal may never have heard. */
async function tellParcel(shipments: ShipmentServices['shipments'], parcel: ParcelToTell) {
  const told = await shipments.tellParcel(parcel, `track-${parcel.id}-${parcel.telling}`)
  if (told.kind !== 'told') return told
  for (const number of parcel.wrongNumbers) {
    const { orderNumber, paypalOrderId, paypalCaptureId } = parcel
    const outcome = await shipments.withdrawParcel({ paypalOrderId, paypalCaptureId, trackingNumber: number })
    if (outcome.kind === 'unknown') return outcome
    if (outcome.kind === 'refused') getLog().warn({ orderNumber, ...outcome }, 'a wrong number stays at PayPal')
  }
  return told
}
