import { Hono } from 'hono'
import { controlRoutes } from './controls/control-routes'
import { newDebugId } from './ids'
import { identityRoutes } from './identity/identity-routes'
import { mailboxRoutes } from './mailbox/mailbox-routes'
import { authenticatorPage } from './pages/authenticator-page'
import { checkoutRoutes } from './pages/checkout-routes'
import { controlPageRoutes } from './pages/control-page-routes'
import type { HttpEnv } from './rest/http-env'
import { disputeRoutes } from './rest/disputes'
import { oauthRoutes } from './rest/oauth'
import { orderRoutes } from './rest/orders'
import { paymentRoutes } from './rest/payments'
import { reportingRoutes } from './rest/reporting'
import { webhookRoutes } from './rest/webhooks'
import { refusalAnswer, send } from './rest/answer'
import { refuseWith } from './refusals'
import { sdkRoutes } from './sdk/sdk-routes'
import type { Simulator } from './simulator'

/** All of PayPal that a shop meets, and beside it a mailbox and a provider to sign in with. */
export function createApp(simulator: Simulator): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  app.route('/', oauthRoutes(simulator))
  app.route('/', orderRoutes(simulator))
  app.route('/', paymentRoutes(simulator))
  app.route('/', disputeRoutes(simulator))
  app.route('/', reportingRoutes(simulator))
  app.route('/', webhookRoutes(simulator))
  app.route('/', sdkRoutes())
  app.route('/', checkoutRoutes(simulator))
  app.route('/', controlPageRoutes(simulator))
  app.route('/_simulator', controlRoutes(simulator))
  app.route('/_mailbox', mailboxRoutes(simulator.mailbox))
  app.route('/_identity', identityRoutes(simulator))
  app.get('/_authenticator', (c) => {
    const secret = c.req.query('secret') ?? ''
    // Real time, whatever the simulator's own clock says: the shop's authenticators know no other.
    return /^[A-Z2-7]{16,64}$/.test(secret) ? c.html(authenticatorPage(secret, Date.now())) : c.notFound()
  })
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
