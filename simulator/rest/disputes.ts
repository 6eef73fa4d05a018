import { Hono } from 'hono'
import { disputeRepresentation } from '../disputes/dispute-representations'
import { listDisputes } from '../disputes/list-disputes'
import { answered, refusedWith } from '../outcome'
import { detail, refuse } from '../refusals'
import type { Simulator } from '../simulator'
import { originOf, type HttpEnv } from './http-env'
import { serveCall } from './serve-call'

/** Disputes v1: list and show. Sellers answer on PayPal's site. */
export function disputeRoutes(simulator: Simulator): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  const base = '/v1/customer/disputes'
  routes.get(base, (c) =>
    serveCall(simulator, c, {
      operation: 'list_disputes',
      resourceId: '',
      idempotent: false,
      run: () => listDisputes(simulator, originOf(c), c.req.query()),
    }),
  )
  routes.get(`${base}/:id`, (c) => {
    const id = c.req.param('id')
    return serveCall(simulator, c, {
      operation: 'get_dispute',
      resourceId: id,
      idempotent: false,
      run: () => {
        const dispute = simulator.state.dispute(id)
        const where = { field: 'dispute_id', value: id, location: 'path' } as const
        return dispute === undefined
          ? refusedWith(refuse(detail('INVALID_RESOURCE_ID', where)))
          : answered(disputeRepresentation(simulator, originOf(c), dispute))
      },
    })
  })
  return routes
}
