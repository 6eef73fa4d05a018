import { Hono } from 'hono'
import { captureNotFound, refundCapture } from '../orders/refund-capture'
import { refusedWith, type Outcome } from '../outcome'
import { detail, refuse } from '../refusals'
import type { Simulator } from '../simulator'
import type { HttpEnv } from './http-env'
import { serveCall } from './serve-call'

/** Payments v2: show a capture, refund it, show a refund. */
export function paymentRoutes(simulator: Simulator): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()

  routes.get('/v2/payments/captures/:id', (c) => {
    const id = c.req.param('id')
    const run = (): Outcome =>
      simulator.state.capture(id) === undefined ? captureNotFound(id) : { kind: 'capture', id, status: 200, change: {} }
    return serveCall(simulator, c, {
      operation: 'get_capture',
      resourceId: id,
      idempotent: false,
      run,
    })
  })
  routes.post('/v2/payments/captures/:id/refund', (c) => {
    const id = c.req.param('id')
    const run = (body: unknown): Outcome => refundCapture(simulator, id, body)
    return serveCall(simulator, c, { operation: 'refund', resourceId: id, idempotent: true, run })
  })
  routes.get('/v2/payments/refunds/:id', (c) => {
    const id = c.req.param('id')
    const run = (): Outcome =>
      simulator.state.refund(id) === undefined
        ? refusedWith(refuse(detail('INVALID_RESOURCE_ID', { field: 'refund_id', value: id, location: 'path' })))
        : { kind: 'refund', id, status: 200, change: {} }
    return serveCall(simulator, c, {
      operation: 'get_refund',
      resourceId: id,
      idempotent: false,
      run,
    })
  })
  return routes
}
