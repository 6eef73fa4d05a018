import { Hono } from 'hono'
import { controlRoutes } from './controls/control-routes'
import { newDebugId } from './ids'
import { checkoutRoutes } from './pages/checkout-routes'
import { controlPageRoutes } from './pages/control-page-routes'
import type { HttpEnv } from './rest/http-env'
import { oauthRoutes } from './rest/oauth'
import { orderRoutes } from './rest/orders'
import { paymentRoutes } from './rest/payments'
import { refusalAnswer, send } from './rest/answer'
import { refuseWith } from './refusals'
import { sdkRoutes } from './sdk/sdk-routes'
import type { Simulator } from './simulator'

/** All of PayPal that a shop meets. Webhooks, disputes and reporting would be further routes here. */
export function createApp(simulator: Simulator): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  app.route('/', oauthRoutes(simulator))
  app.route('/', orderRoutes(simulator))
  app.route('/', paymentRoutes(simulator))
  app.route('/', sdkRoutes())
  app.route('/', checkoutRoutes(simulator))
  app.route('/', controlPageRoutes(simulator))
  app.route('/_simulator', controlRoutes(simulator))
  app.notFound((c) => {
    const debugId = newDebugId()
    return send(refusalAnswer(c, refuseWith(404), debugId), debugId)
  })
  app.onError((error, c) => {
    const debugId = newDebugId()
    console.error(`Simulator: ${c.req.method} ${c.req.path} failed (debug id ${debugId})`, error)
    return send(refusalAnswer(c, refuseWith(500), debugId), debugId)
  })
  return app
}
