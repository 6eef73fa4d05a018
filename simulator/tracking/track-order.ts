import { findOrder, orderNotFound } from '../orders/order-operations'
import { refusedWith, type Outcome } from '../outcome'
import { createFieldChecks, isObject, type FieldChecks, type JsonObject } from '../orders/field-checks'
import type { OrderRecord } from '../records'
import { detail, refuse } from '../refusals'
import { orderRepresentation } from '../representations'
import type { Simulator } from '../simulator'
import type { TrackedItem, TrackerRecord } from './tracker-record'

/** Records a parcel for a captured order. The same parcel again changes nothing and answers 200. */
export function trackOrder(simulator: Simulator, origin: string, orderId: string, body: unknown): Outcome {
  const order = findOrder(simulator, orderId)
  if (order === null) return orderNotFound(orderId)
  if (!isObject(body)) return refusedWith(refuse(detail('MALFORMED_REQUEST_JSON', { location: 'body' })))
  const checks = createFieldChecks()
  checkTracker(checks, body)
  const [first, ...others] = checks.problems
  if (first !== undefined) return refusedWith(refuse(first, ...others))

  const captureId = String(body['capture_id'])
  const capture = simulator.state.capturesOf(orderId).find(({ id }) => id === captureId)
  if (capture === undefined) return refusedWith(refuse(detail('CAPTURE_ID_NOT_FOUND', { field: '/capture_id' })))
  if (capture.status !== 'COMPLETED' && capture.status !== 'PARTIALLY_REFUNDED')
    return refusedWith(refuse(detail('CAPTURE_STATUS_NOT_VALID', { field: '/capture_id' })))
  const items = (body['items'] ?? []) as TrackedItem[]
  if (!haveItems(order, items)) return refusedWith(refuse(detail('ITEM_SKU_MISMATCH', { field: '/items' })))

  const now = simulator.clock.now()
  const trackingNumber = String(body['tracking_number'])
  const tracker: TrackerRecord = {
    id: `${captureId}-${trackingNumber}`,
    captureId,
    trackingNumber,
    carrier: String(body['carrier']),
    carrierNameOther: typeof body['carrier_name_other'] === 'string' ? body['carrier_name_other'] : null,
    status: 'SHIPPED',
    items,
    notifyPayer: body['notify_payer'] === true,
    createdAt: now,
    updatedAt: now,
  }
  const trackers = order.trackers ?? []
  if (trackers.some(({ id }) => id === tracker.id))
    return { kind: 'json', status: 200, body: orderRepresentation(simulator, origin, order), change: {} }
  const tracked: OrderRecord = { ...order, trackers: [...trackers, tracker], updatedAt: now }
  const answer = orderRepresentation(simulator, origin, tracked)
  return { kind: 'json', status: 201, body: answer, change: { orders: [tracked] } }
}

function checkTracker(checks: FieldChecks, body: JsonObject): void {
  checks.text(body, 'capture_id', '', { required: true, min: 1, max: 50 })
  checks.text(body, 'tracking_number', '', { required: true, min: 1, max: 64 })
  checks.text(body, 'carrier', '', { required: true, min: 1, max: 64, pattern: /^[0-9A-Z_]+$/ })
  checks.text(body, 'carrier_name_other', '', { required: body['carrier'] === 'OTHER', min: 1, max: 64 })
  checkItems(checks, body)
}

export function checkItems(checks: FieldChecks, body: JsonObject): void {
  for (const [index, item] of checks.list(body, 'items', '', { max: 100 }).entries()) {
    checks.text(item, 'name', `/items/${index}`, { min: 1, max: 127 })
    checks.text(item, 'sku', `/items/${index}`, { min: 1, max: 127 })
    checks.text(item, 'quantity', `/items/${index}`, { pattern: /^[1-9][0-9]{0,9}$/ })
  }
}

/** Whether every article number was in the order. */
export function haveItems(order: OrderRecord, items: readonly TrackedItem[]): boolean {
  const ordered = new Set(order.purchaseUnits.flatMap((unit) => (unit.items ?? []).map(({ sku }) => sku)))
  return items.every(({ sku }) => sku === undefined || ordered.has(sku))
}
