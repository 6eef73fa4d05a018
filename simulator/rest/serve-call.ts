import type { Fault } from '../faults'
import { newDebugId } from '../ids'
import { detail, refuse, refuseWith, type Refusal } from '../refusals'
import type { MessagePhase } from '../on-message'
import type { LoggedRequest } from '../request-log'
import type { Simulator } from '../simulator'
import { drop, hang, isAfterWork, refusalAnswer, send, type Answer } from './answer'
import type { HttpContext } from './http-env'
import { processRequest, type Call } from './process-request'
import { revokeToken } from './tokens'

const DEFAULT_SLOWNESS_MS = 2_000

/** What a gateway before PayPal answers that does not know the way: no envelope, no word about the order. */
const NOT_FOUND_PAGE: Answer = {
  status: 404,
  text: '<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>',
  headers: { 'content-type': 'text/html' },
}

/** Logs a request, lets an ordered fault spoil it, and otherwise processes it. */
export async function serveCall(simulator: Simulator, c: HttpContext, call: Call): Promise<Response> {
  const arrived = { call, raw: await c.req.text(), debugId: newDebugId() }
  return withFaults(simulator, c, arrived, (delayMs) => processRequest(simulator, c, arrived, delayMs))
}

/** The same for the token endpoint, which has its own way of working. */
export async function withFaults(
  simulator: Simulator,
  c: HttpContext,
  { call, raw, debugId }: { call: Pick<Call, 'operation' | 'resourceId'>; raw: string; debugId: string },
  work: (delayMs: number) => Promise<Answer>,
): Promise<Response> {
  const fault = simulator.faults.take(call.operation)
  const url = new URL(c.req.url)
  const logged = simulator.requestLog.add({
    at: new Date(simulator.clock.now()).toISOString(),
    operation: call.operation,
    method: c.req.method,
    path: url.pathname,
    query: url.search.slice(1),
    requestId: c.req.header('paypal-request-id') ?? null,
    prefer: c.req.header('prefer') ?? null,
    body: parsed(raw),
    debugId,
    fault: fault?.fault ?? null,
  })
  simulator.config.onRequest?.(logged)
  const at = (phase: MessagePhase) => tell(simulator, logged, url.hostname, phase)
  c.env.outgoing.once('finish', () => void at('answered'))
  if ((await at('received')) === 'drop' || fault?.fault === 'drop_before') return drop(c)
  if (fault?.fault === 'not_found_page') return answer(simulator, logged, NOT_FOUND_PAGE)
  const instead = fault === null ? null : refusalInstead(simulator, c, fault)
  if (instead !== null) return answer(simulator, logged, refusalAnswer(c, instead, debugId, call.resourceId))

  let result = await work(fault?.fault === 'slow' ? (fault.delayMs ?? DEFAULT_SLOWNESS_MS) : 0)
  if (fault?.fault === 'duplicate') result = await work(0)
  if ((await at('worked')) === 'drop') return drop(c)
  return isAfterWork(fault?.fault) ? spoil(simulator, c, fault, logged, result) : answer(simulator, logged, result)
}

async function tell(
  simulator: Simulator,
  logged: LoggedRequest,
  host: string,
  phase: MessagePhase,
): Promise<void | 'drop'> {
  const { seq, operation, method, path } = logged
  return simulator.config.onMessage?.({ seq, operation, phase, method, path, host })
}

function answer(simulator: Simulator, logged: LoggedRequest, result: Answer): Response {
  logged.status = result.status
  simulator.config.onAnswer?.(logged, result.text)
  return send(result, logged.debugId)
}

/** Faults that answer before any work. */
function refusalInstead(simulator: Simulator, c: HttpContext, fault: Fault): Refusal | null {
  if (fault.fault === 'refuse') return refuse(detail(fault.issue ?? 'TRANSACTION_REFUSED'))
  if (fault.fault === 'rate_limit') return refuseWith(429)
  if (fault.fault === 'error_before') return refuseWith(500)
  if (fault.fault !== 'unauthorized') return null
  revokeToken(simulator, c.req.header('authorization'))
  return refuseWith(401)
}

async function spoil(
  simulator: Simulator,
  c: HttpContext,
  fault: Fault,
  logged: LoggedRequest,
  result: Answer,
): Promise<Response> {
  if (fault.fault === 'hang_after') return hang(c, fault.delayMs)
  if (fault.fault === 'drop_after') return drop(c)
  if (fault.fault === 'malformed')
    return answer(simulator, logged, { ...result, text: result.text?.slice(0, 25) ?? '{' })
  return answer(simulator, logged, refusalAnswer(c, refuseWith(500), logged.debugId))
}

function parsed(raw: string): unknown {
  try {
    return raw === '' ? null : JSON.parse(raw)
  } catch {
    return raw
  }
}
