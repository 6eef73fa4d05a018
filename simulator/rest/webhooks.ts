import { Hono } from 'hono'
import { newDebugId } from '../ids'
import type { Operation } from '../operations'
import { answered, type Outcome } from '../outcome'
import { detail, refuse } from '../refusals'
import type { Simulator } from '../simulator'
import { LEAVES } from '../webhooks/authority'
import { listEvents, resendEvent, showEvent, simulateEvent } from '../webhooks/event-operations'
import { verifySignature } from '../webhooks/verify-signature'
import { createWebhook, deleteWebhook, updateWebhook, webhookNotFound } from '../webhooks/webhook-operations'
import { eventTypeList, webhookRepresentation } from '../webhooks/webhook-representations'
import { refusalAnswer } from './answer'
import { originOf, type HttpContext, type HttpEnv } from './http-env'
import type { Call } from './process-request'
import { serveCall, withFaults } from './serve-call'

/** Webhooks v1: registration, events, verification, certificates. No request id applies to any of it. */
export function webhookRoutes(simulator: Simulator): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  const { state } = simulator
  const base = '/v1/notifications'
  const idOf = (c: HttpContext) => c.req.param('id') ?? ''
  const serve = (
    operation: Operation,
    run: (c: HttpContext, ...bodies: Parameters<Call['run']>) => ReturnType<Call['run']>,
  ) => {
    return (c: HttpContext) =>
      serveCall(simulator, c, {
        operation,
        resourceId: idOf(c),
        idempotent: false,
        run: (body, raw) => run(c, body, raw),
      })
  }
  const show = (c: HttpContext): Outcome => {
    const webhook = state.webhook(idOf(c))
    return webhook === undefined ? webhookNotFound(idOf(c)) : answered(webhookRepresentation(originOf(c), webhook))
  }
  const list = (c: HttpContext) =>
    answered({ webhooks: state.webhooks().map((webhook) => webhookRepresentation(originOf(c), webhook)) })

  routes.post(
    `${base}/webhooks`,
    serve('create_webhook', (c, body) => createWebhook(simulator, originOf(c), body)),
  )
  routes.get(`${base}/webhooks`, serve('list_webhooks', list))
  routes.get(`${base}/webhooks/:id`, serve('get_webhook', show))
  routes.patch(
    `${base}/webhooks/:id`,
    serve('update_webhook', (c, body) => updateWebhook(simulator, originOf(c), idOf(c), body)),
  )
  routes.delete(
    `${base}/webhooks/:id`,
    serve('delete_webhook', (c) => deleteWebhook(simulator, idOf(c))),
  )
  routes.get(
    `${base}/webhooks-event-types`,
    serve('list_event_types', () => answered(eventTypeList())),
  )
  routes.get(
    `${base}/webhooks-events`,
    serve('list_events', (c) => listEvents(simulator, originOf(c), c.req.query())),
  )
  routes.get(
    `${base}/webhooks-events/:id`,
    serve('get_event', (c) => showEvent(simulator, idOf(c))),
  )
  routes.post(
    `${base}/webhooks-events/:id/resend`,
    serve('resend_event', (c, body) => resendEvent(simulator, idOf(c), body)),
  )
  routes.post(
    `${base}/verify-webhook-signature`,
    serve('verify_signature', (_c, body, raw) => verifySignature(simulator, body, raw)),
  )
  routes.post(
    `${base}/simulate-event`,
    serve('simulate_event', (_c, body) => simulateEvent(simulator, body)),
  )
  routes.get(`${base}/certs/:id`, (c) => serveCertificate(simulator, c))
  return routes
}

/** The leaf alone, as PayPal serves it: its issuer has to be known already. Needs no token. */
async function serveCertificate(simulator: Simulator, c: HttpContext): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const debugId = newDebugId()
  return withFaults(
    simulator,
    c,
    { call: { operation: 'get_certificate', resourceId: id }, raw: '', debugId },
    async () => {
      const { leaves } = await simulator.authority()
      const leaf = LEAVES.map((name) => leaves[name]).find((each) => each.id === id)
      if (leaf === undefined)
        return refusalAnswer(
          c,
          refuse(detail('INVALID_RESOURCE_ID', { field: 'cert_id', value: id, location: 'path' })),
          debugId,
        )
      return { status: 200, text: leaf.certificate, headers: { 'content-type': 'text/plain;charset=utf-8' } }
    },
  )
}
