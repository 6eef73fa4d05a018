import { Hono } from 'hono'
import { newResourceId } from '../ids'
import type { JsonObject } from '../orders/field-checks'
import type { HttpContext, HttpEnv } from '../rest/http-env'
import type { Simulator } from '../simulator'
import { DELIVERY_ORDERS, type DeliveryOrder } from '../webhooks/delivery-order'
import { readWebhook } from '../webhooks/webhook-operations'
import { webhookRepresentation } from '../webhooks/webhook-representations'
import { backTo } from './back-to'
import { readBody } from './read-json'
import { readOrderedSpoil } from './read-spoil'
import { sendNow } from './send-now'

/** Hold, reorder, lose, double and forge webhooks, and deliver them at a moment of one's own. */
export function webhookControls(simulator: Simulator): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  const { state, pump, spoils } = simulator

  routes.get('/webhooks', (c) =>
    c.json({ webhooks: state.webhooks(), isHolding: pump.isHolding(), waiting: state.waitingDeliveries().length }),
  )
  routes.post('/webhooks/register', async (c) => {
    const body = await readBody(c)
    const id = typeof body['id'] === 'string' && /^[A-Z0-9]{1,50}$/.test(body['id']) ? body['id'] : newResourceId()
    const names = Array.isArray(body['eventTypes']) ? body['eventTypes'] : ['*']
    const old = state.webhook(id) ?? { id, url: '', eventTypes: [], createdAt: simulator.clock.now() }
    const read = readWebhook(simulator, old, { url: body['url'], event_types: names.map((name) => ({ name })) })
    if (read.kind === 'refused') return c.json({ error: read.refusal.details }, 400)
    state.commit({ webhooks: [read.webhook] })
    return c.json(webhookRepresentation(simulator.origin(), read.webhook), 201)
  })
  routes.get('/webhooks/events', (c) => c.json({ events: state.events().map(({ text }) => JSON.parse(text)) }))
  routes.get('/webhooks/deliveries', (c) => c.json({ deliveries: state.deliveries() }))
  routes.post('/webhooks/hold', (c) => {
    pump.hold()
    return backTo(c, { isHolding: true })
  })
  const deliverAll = async (c: HttpContext, release: boolean) => {
    const order = readOrder(await readBody(c))
    if (typeof order === 'string') return c.json({ error: order }, 400)
    const deliveries = await pump.drain(order)
    if (release) pump.release()
    return backTo(c, { deliveries })
  }
  routes.post('/webhooks/drain', (c) => deliverAll(c, false))
  routes.post('/webhooks/release', (c) => deliverAll(c, true))
  routes.post('/webhooks/send', async (c) => {
    const sent = await sendNow(simulator, await readBody(c))
    return typeof sent === 'string' ? c.json({ error: sent }, 400) : c.json({ deliveries: sent })
  })
  routes.get('/webhooks/spoils', (c) => c.json({ spoils: spoils.waiting() }))
  routes.post('/webhooks/spoils', async (c) => {
    const spoil = readOrderedSpoil(await readBody(c))
    if (typeof spoil === 'string') return c.json({ error: spoil }, 400)
    spoils.queue(spoil)
    return backTo(c, { spoils: spoils.waiting() }, 201)
  })
  routes.delete('/webhooks/spoils', (c) => {
    spoils.clear()
    return c.body(null, 204)
  })
  const pem = (which: 'root' | 'intermediate') => async (c: HttpContext) => c.text((await simulator.authority())[which])
  routes.get('/webhook-authority.pem', pem('root'))
  routes.get('/webhook-intermediate.pem', pem('intermediate'))
  return routes
}

function readOrder({ order = 'as_raised', seed = 1 }: JsonObject): DeliveryOrder | string {
  const kind = DELIVERY_ORDERS.find((each) => each === order)
  if (kind === undefined) return `order must be one of ${DELIVERY_ORDERS.join(', ')}`
  if (typeof seed !== 'number' || !Number.isInteger(seed)) return 'seed must be a whole number'
  return { kind, seed }
}
