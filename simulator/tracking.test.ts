import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertPayPalRequest, assertPayPalResponse } from './openapi-contract'
import { orderBody, startDriver, type Driver, type Json } from './test-driver'

let paypal: Driver
beforeAll(async () => {
  paypal = await startDriver()
})
afterAll(() => paypal.close())

const track = async (orderId: string, body: object) => {
  const reply = await paypal.call('POST', `/v2/checkout/orders/${orderId}/track`, { body })
  assertPayPalResponse('track', reply.status, reply.body)
  return reply
}
const patch = async (orderId: string, trackerId: string, body: object[]) => {
  assertPayPalRequest('update_tracker', body)
  const reply = await paypal.call('PATCH', `/v2/checkout/orders/${orderId}/trackers/${trackerId}`, { body })
  assertPayPalResponse('update_tracker', reply.status, reply.body)
  return reply
}
const trackersOf = async (orderId: string): Promise<Json[]> => {
  const { status, body } = await paypal.call('GET', `/v2/checkout/orders/${orderId}`)
  assertPayPalResponse('get_order', status, body)
  return body.purchase_units[0].shipping.trackers
}
const issueOf = ({ body }: { body: Json }) => body.details[0].issue
const parcel = (captureId: string) => ({ capture_id: captureId, tracking_number: '1Z999', carrier: 'UPS' })

test('a parcel is recorded with the order, once, and can be changed and cancelled', async () => {
  const { orderId, captureId } = await paypal.pay()
  const body = {
    ...parcel(captureId),
    notify_payer: true,
    items: [{ name: 'Contour No. 14, A3', quantity: '1', sku: 'CON-14-A3' }],
  }
  assertPayPalRequest('track', body)
  expect((await track(orderId, body)).status).toBe(201)
  expect((await track(orderId, body)).status).toBe(200)
  const id = `${captureId}-1Z999`
  expect(await trackersOf(orderId)).toMatchObject([{ id, status: 'SHIPPED', items: body.items }])
  const items = [{ quantity: '1', sku: 'CRD-02' }]
  const change = [
    { op: 'replace', path: '/items', value: items },
    { op: 'replace', path: '/status', value: 'CANCELLED' },
    { op: 'replace', path: '/notify_payer', value: false },
  ]
  expect((await patch(orderId, id, change)).status).toBe(204)
  expect(await trackersOf(orderId)).toMatchObject([{ id, status: 'CANCELLED', items }])
})

test('a parcel for nothing, for another capture, without money or with foreign articles is refused', async () => {
  const { orderId, captureId } = await paypal.pay()
  const other = await paypal.pay(orderBody(), 'pending')
  expect((await track('NOPE', parcel(captureId))).status).toBe(404)
  expect(issueOf(await track(orderId, { capture_id: captureId }))).toBe('MISSING_REQUIRED_PARAMETER')
  expect(issueOf(await track(orderId, { ...parcel(captureId), carrier: 'OTHER' }))).toBe('MISSING_REQUIRED_PARAMETER')
  expect(issueOf(await track(orderId, parcel(other.captureId)))).toBe('CAPTURE_ID_NOT_FOUND')
  expect(issueOf(await track(other.orderId, parcel(other.captureId)))).toBe('CAPTURE_STATUS_NOT_VALID')
  expect(issueOf(await track(orderId, { ...parcel(captureId), items: [{ sku: 'X' }] }))).toBe('ITEM_SKU_MISMATCH')
  expect(issueOf(await patch(orderId, 'NOPE', [{ op: 'replace', path: '/status', value: 'CANCELLED' }]))).toBe(
    'TRACKER_ID_NOT_FOUND',
  )
  await track(orderId, parcel(captureId))
  const wrong = (change: object) => patch(orderId, `${captureId}-1Z999`, [change]).then(issueOf)
  expect(await wrong({ op: 'replace', path: '/carrier', value: 'UPS' })).toBe('FIELD_NOT_PATCHABLE')
  expect(await wrong({ op: 'replace', path: '/status', value: 'LOST' })).toBe('INVALID_PARAMETER_VALUE')
  expect(await wrong({ op: 'replace', path: '/items', value: [{ sku: 'X' }] })).toBe('ITEM_SKU_MISMATCH')
  expect(await wrong({ op: 'replace', path: 'status', value: 'CANCELLED' })).toBe('INVALID_JSON_POINTER_FORMAT')
  expect(await wrong({ op: 'remove', path: '/items', value: [] })).toBe('INVALID_PATCH_OPERATION')
})
