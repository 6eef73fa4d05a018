import { Hono } from 'hono'
import { captureOrder } from '../orders/capture-order'
import { createOrder, findOrder, orderNotFound } from '../orders/order-operations'
import { patchOrder } from '../orders/patch-order'
import { refusedWith, type Outcome } from '../outcome'
import { detail, refuse } from '../refusals'
import { isObject } from '../orders/field-checks'
import type { Simulator } from '../simulator'
import { trackOrder } from '../tracking/track-order'
import { updateTracker } from '../tracking/update-tracker'
import { originOf, type HttpEnv } from './http-env'
import { serveCall } from './serve-call'

/** Orders v2: create, show, update, capture, track. */
export function orderRoutes(simulator: Simulator): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  const base = '/v2/checkout/orders'

  routes.post(base, (c) => {
    const hasRequestId = c.req.header('paypal-request-id') !== undefined
    const run = (body: unknown): Outcome => {
      const needsRequestId = isObject(body) && body['payment_source'] !== undefined && !hasRequestId
      return needsRequestId
        ? refusedWith(refuse(detail('PAYPAL_REQUEST_ID_REQUIRED', { location: 'header' })))
        : createOrder(simulator, body)
    }
    return serveCall(simulator, c, {
      operation: 'create_order',
      resourceId: '',
      idempotent: true,
      run,
    })
  })
  routes.get(`${base}/:id`, (c) => {
    const id = c.req.param('id')
    const run = (): Outcome =>
      findOrder(simulator, id) === null ? orderNotFound(id) : { kind: 'order', id, status: 200, change: {} }
    return serveCall(simulator, c, {
      operation: 'get_order',
      resourceId: id,
      idempotent: false,
      run,
    })
  })
  routes.patch(`${base}/:id`, (c) => {
    const id = c.req.param('id')
    return serveCall(simulator, c, {
      operation: 'patch_order',
      resourceId: id,
      idempotent: false,
      run: (body) => patchOrder(simulator, id, body),
    })
  })
  routes.post(`${base}/:id/capture`, (c) => {
    const id = c.req.param('id')
    return serveCall(simulator, c, {
      operation: 'capture',
      resourceId: id,
      idempotent: true,
      run: () => captureOrder(simulator, id),
    })
  })
  routes.post(`${base}/:id/track`, (c) => {
    const id = c.req.param('id')
    return serveCall(simulator, c, {
      operation: 'track',
      resourceId: id,
      idempotent: false,
      run: (body) => trackOrder(simulator, originOf(c), id, body),
    })
  })
  routes.patch(`${base}/:id/trackers/:trackerId`, (c) => {
    const id = c.req.param('id')
    return serveCall(simulator, c, {
      operation: 'update_tracker',
      resourceId: id,
      idempotent: false,
      run: (body) => updateTracker(simulator, id, c.req.param('trackerId'), body),
    })
  })
  return routes
}
