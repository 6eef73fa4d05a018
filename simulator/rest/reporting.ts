import { Hono } from 'hono'
import { searchTransactions } from '../reporting/search-transactions'
import type { Simulator } from '../simulator'
import { originOf, type HttpEnv } from './http-env'
import { serveCall } from './serve-call'

/** Transaction search v1. */
export function reportingRoutes(simulator: Simulator): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  routes.get('/v1/reporting/transactions', (c) =>
    serveCall(simulator, c, {
      operation: 'search_transactions',
      resourceId: '',
      idempotent: false,
      run: () => searchTransactions(simulator, originOf(c), c.req.query()),
    }),
  )
  return routes
}
