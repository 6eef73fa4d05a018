import { createFieldChecks, isObject, type JsonObject } from '../orders/field-checks'
import { findOrder, orderNotFound } from '../orders/order-operations'
import { refusedWith, type Outcome } from '../outcome'
import { detail, refuse, type Refusal } from '../refusals'
import type { Simulator } from '../simulator'
import { checkItems, haveItems } from './track-order'
import type { TrackedItem, TrackerRecord } from './tracker-record'

/** A JSON patch of a parcel: `/status` to CANCELLED, `/items`, `/notify_payer`. */
export function updateTracker(simulator: Simulator, orderId: string, trackerId: string, body: unknown): Outcome {
  const order = findOrder(simulator, orderId)
  if (order === null) return orderNotFound(orderId)
  const tracker = order.trackers?.find(({ id }) => id === trackerId)
  if (tracker === undefined)
    return refusedWith(
      refuse(detail('TRACKER_ID_NOT_FOUND', { field: 'tracker_id', value: trackerId, location: 'path' })),
    )
  if (!Array.isArray(body) || body.length === 0)
    return refusedWith(refuse(detail('MALFORMED_REQUEST_JSON', { location: 'body' })))
  const now = simulator.clock.now()
  let patched: TrackerRecord = { ...tracker, updatedAt: now }
  for (const each of body as unknown[]) {
    const result = isObject(each) ? applyPatch(patched, each) : refuse(detail('MALFORMED_REQUEST_JSON'))
    if ('message' in result) return refusedWith(result)
    patched = result
  }
  if (!haveItems(order, patched.items)) return refusedWith(refuse(detail('ITEM_SKU_MISMATCH', { location: 'body' })))
  const trackers = (order.trackers ?? []).map((each) => (each.id === trackerId ? patched : each))
  return { kind: 'no_content', change: { orders: [{ ...order, trackers, updatedAt: now }] } }
}

function applyPatch(tracker: TrackerRecord, { op, path, value }: JsonObject): TrackerRecord | Refusal {
  if (typeof path !== 'string' || path === '') return refuse(detail('PATCH_PATH_REQUIRED'))
  if (!path.startsWith('/')) return refuse(detail('INVALID_JSON_POINTER_FORMAT'))
  if (value === undefined) return refuse(detail('PATCH_VALUE_REQUIRED'))
  if (op !== 'replace' && op !== 'add') return refuse(detail('INVALID_PATCH_OPERATION', { field: path }))
  if (path === '/status')
    return value === 'CANCELLED'
      ? { ...tracker, status: 'CANCELLED' }
      : refuse(detail('INVALID_PARAMETER_VALUE', { field: path }))
  if (path === '/notify_payer')
    return typeof value === 'boolean'
      ? { ...tracker, notifyPayer: value }
      : refuse(detail('INVALID_PARAMETER_VALUE', { field: path }))
  if (path !== '/items') return refuse(detail('FIELD_NOT_PATCHABLE', { field: path }))
  const checks = createFieldChecks()
  checkItems(checks, { items: value })
  const [first, ...others] = checks.problems
  return first === undefined ? { ...tracker, items: value as TrackedItem[] } : refuse(first, ...others)
}
