import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { newDebugId } from '../ids'
import type { Simulator } from '../simulator'
import { jsonAnswer, type Answer } from './answer'
import type { HttpContext, HttpEnv } from './http-env'
import { withFaults } from './serve-call'
import { issueToken, TOKEN_LIFETIME } from './tokens'

/** `POST /v1/oauth2/token`. Its errors have OAuth's envelope, not that of the REST API. */
export function oauthRoutes(simulator: Simulator): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  routes.post('/v1/oauth2/token', async (c) => {
    const raw = await c.req.text()
    const arrived = {
      call: { operation: 'token' as const, resourceId: '' },
      raw,
      debugId: newDebugId(),
    }
    return withFaults(simulator, c, arrived, async (delayMs) => {
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs).unref())
      return grant(simulator, c, new URLSearchParams(raw))
    })
  })
  return routes
}

function grant(simulator: Simulator, c: HttpContext, form: URLSearchParams): Answer {
  const { clientId, clientSecret } = simulator.config
  const expected = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
  if (c.req.header('authorization') !== expected) {
    return jsonAnswer(401, {
      error: 'invalid_client',
      error_description: 'Client Authentication failed',
    })
  }
  if (form.get('grant_type') !== 'client_credentials') {
    return jsonAnswer(400, {
      error: 'unsupported_grant_type',
      error_description: 'Grant type is not supported',
    })
  }
  return jsonAnswer(200, {
    scope: 'https://uri.paypal.com/services/payments/payment https://uri.paypal.com/services/payments/refund',
    access_token: issueToken(simulator),
    token_type: 'Bearer',
    app_id: 'APP-SIMULATED',
    expires_in: TOKEN_LIFETIME,
    nonce: `${new Date(simulator.clock.now()).toISOString()}${randomBytes(16).toString('base64url')}`,
  })
}
