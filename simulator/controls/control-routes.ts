import { Hono } from 'hono'
import type { HttpEnv } from '../rest/http-env'
import { FAULT_KINDS, FAULT_TARGETS, type Fault } from '../faults'
import { isIssue } from '../issues'
import type { JsonObject } from '../orders/field-checks'
import { DEFAULT_SETTINGS } from '../settings'
import type { Simulator } from '../simulator'
import { captureControls } from './capture-controls'
import { disputeControls } from './dispute-controls'
import { foreignControls } from './foreign-controls'
import { orderControls } from './order-controls'
import { readJson } from './read-json'
import { settingsControls } from './settings-controls'
import { webhookControls } from './webhook-controls'

/** Everything under `/_simulator` that answers JSON: what PayPal keeps to itself, and the means to disturb it. */
export function controlRoutes(simulator: Simulator): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  routes.get('/health', (c) => c.json({ status: 'ok' }))
  routes.get('/ledger', (c) => c.json({ entries: simulator.state.ledger.entries() }))
  routes.get('/requests', (c) => c.json({ requests: simulator.requestLog.requests() }))
  routes.delete('/requests', (c) => {
    simulator.requestLog.clear()
    return c.body(null, 204)
  })
  routes.get('/faults', (c) => c.json({ faults: simulator.faults.waiting() }))
  routes.post('/faults', async (c) => {
    const fault = readFault(await readJson(c))
    if (typeof fault === 'string') return c.json({ error: fault }, 400)
    simulator.faults.queue(fault)
    return c.json({ faults: simulator.faults.waiting() }, 201)
  })
  routes.delete('/faults', (c) => {
    simulator.faults.clear()
    return c.body(null, 204)
  })
  const clock = () => ({
    now: new Date(simulator.clock.now()).toISOString(),
    offsetSeconds: simulator.clock.offsetMs() / 1000,
  })
  routes.get('/clock', (c) => c.json(clock()))
  routes.post('/clock', async (c) => {
    const { advanceSeconds } = await readJson(c)
    if (typeof advanceSeconds !== 'number' || advanceSeconds < 0)
      return c.json({ error: 'advanceSeconds must be a number of seconds, 0 or more' }, 400)
    simulator.state.commit({ clockOffsetMs: simulator.clock.offsetMs() + advanceSeconds * 1000 })
    return c.json(clock())
  })
  routes.post('/reset', (c) => {
    simulator.state.reset()
    simulator.faults.clear()
    simulator.spoils.clear()
    simulator.pump.release()
    Object.assign(simulator.settings, DEFAULT_SETTINGS)
    simulator.requestLog.clear()
    simulator.revokedTokens.clear()
    return c.body(null, 204)
  })
  routes.route('/', orderControls(simulator))
  routes.route('/', captureControls(simulator))
  routes.route('/', disputeControls(simulator))
  routes.route('/', foreignControls(simulator))
  routes.route('/', webhookControls(simulator))
  routes.route('/', settingsControls(simulator))
  return routes
}

function readFault(body: JsonObject): Fault | string {
  const operation = FAULT_TARGETS.find((target) => target === body['operation'])
  if (operation === undefined) return `operation must be one of ${FAULT_TARGETS.join(', ')}`
  const fault = FAULT_KINDS.find((kind) => kind === body['fault'])
  if (fault === undefined) return `fault must be one of ${FAULT_KINDS.join(', ')}`
  const { times = 1, delayMs, issue } = body
  if (typeof times !== 'number' || !Number.isInteger(times) || times < 1)
    return 'times must be a whole number, 1 or more'
  if (delayMs !== undefined && (typeof delayMs !== 'number' || delayMs < 0))
    return 'delayMs must be a number of milliseconds'
  if (issue !== undefined && (typeof issue !== 'string' || !isIssue(issue)))
    return 'issue must be an issue code that the simulator knows'
  return {
    operation,
    fault,
    times,
    ...(delayMs === undefined ? {} : { delayMs }),
    ...(issue === undefined ? {} : { issue }),
  }
}
