import { setTimeout as wait } from 'node:timers/promises'
import type { Issue } from '../issues'
import { isIssue } from '../issues'
import type { Operation } from '../operations'
import type { Outcome } from '../outcome'
import { detail, refuse, refuseWith, type Refusal } from '../refusals'
import { hashBody, requestKey, retentionOf, type RememberedRequest } from '../request-ids'
import type { Simulator } from '../simulator'
import { refusalAnswer, type Answer } from './answer'
import type { HttpContext } from './http-env'
import { renderOutcome, renderResult } from './render'
import { isTokenValid } from './tokens'

/** One REST operation, as the routes describe it. */
export type Call = {
  operation: Operation
  /** The order, capture or refund in the path; "" for a create. */
  resourceId: string
  /** True when `PayPal-Request-Id` makes a repetition harmless. */
  idempotent: boolean
  /** `raw` is the body as it arrived. */
  run(body: unknown, raw: string): Outcome | Promise<Outcome>
}

export type Arrived = { call: Call; raw: string; debugId: string }

/** Does what PayPal does with a request: authenticate, read, recognise repetitions, work, remember, answer. */
export async function processRequest(
  simulator: Simulator,
  c: HttpContext,
  arrived: Arrived,
  delayMs: number,
): Promise<Answer> {
  const { call, debugId } = arrived
  const no = (refusal: Refusal) => refusalAnswer(c, refusal, debugId, call.resourceId)
  if (!isTokenValid(simulator, c.req.header('authorization'))) return no(refuseWith(401))
  const mocked = mockedIssue(c)
  if (mocked !== null) return no(refuse(detail(mocked)))
  const read = readBody(c, arrived.raw)
  if (read.kind === 'refused') return no(read.refusal)

  const requestId = c.req.header('paypal-request-id')
  if (requestId !== undefined && (requestId.length < 1 || requestId.length > 108)) {
    return no(refuse(detail('INVALID_STRING_LENGTH', { field: 'PayPal-Request-Id', location: 'header' })))
  }
  const key = call.idempotent && requestId !== undefined ? requestKey(call.operation, call.resourceId, requestId) : null
  const bodyHash = hashBody(read.body)
  const earlier = key === null ? null : recall(simulator, key)
  if (earlier !== null) return replay(simulator, c, arrived, earlier, bodyHash)

  const locks = [
    ...(key === null ? [] : [key]),
    ...(call.idempotent && call.resourceId !== '' ? [`${call.operation} ${call.resourceId}`] : []),
  ]
  if (locks.some((lock) => simulator.inProgress.has(lock))) return no(refuse(detail(conflictOf(call.operation))))
  for (const lock of locks) simulator.inProgress.add(lock)
  try {
    if (delayMs > 0) await wait(delayMs, undefined, { ref: false })
    const outcome = await call.run(read.body, arrived.raw)
    const result = key === null ? null : resultToRemember(outcome)
    const requests: RememberedRequest[] =
      key === null || result === null
        ? []
        : [
            {
              key,
              bodyHash,
              result,
              forgottenAt: simulator.clock.now() + retentionOf(call.operation),
            },
          ]
    // Work and memory are one write: a crash can't leave a payment without the request id that made it.
    if (Object.keys(outcome.change).length > 0 || requests.length > 0)
      simulator.state.commit({ ...outcome.change, requests })
    return renderOutcome(simulator, c, outcome, debugId, call.resourceId)
  } finally {
    for (const lock of locks) simulator.inProgress.delete(lock)
  }
}

function recall(simulator: Simulator, key: string): RememberedRequest | null {
  const earlier = simulator.state.request(key)
  return earlier !== undefined && simulator.clock.now() <= earlier.forgottenAt ? earlier : null
}

function replay(
  simulator: Simulator,
  c: HttpContext,
  { call, debugId }: Arrived,
  earlier: RememberedRequest,
  bodyHash: string,
): Answer {
  if (earlier.bodyHash !== bodyHash) {
    const problem = detail('PAYPAL_REQUEST_ID_PREVIOUSLY_USED', {
      field: 'PayPal-Request-Id',
      location: 'header',
    })
    return refusalAnswer(c, refuse(problem), debugId)
  }
  return earlier.result.kind === 'refused'
    ? refusalAnswer(c, earlier.result.refusal, debugId, call.resourceId)
    : renderResult(simulator, c, earlier.result, 200)
}

function resultToRemember(outcome: Outcome): RememberedRequest['result'] | null {
  if (outcome.kind === 'refused') return outcome.remembered ? { kind: 'refused', refusal: outcome.refusal } : null
  if (outcome.kind === 'order' || outcome.kind === 'capture_order' || outcome.kind === 'refund')
    return { kind: outcome.kind, id: outcome.id }
  return null
}

function conflictOf(operation: Operation): Issue {
  return operation === 'capture' ? 'ORDER_COMPLETION_IN_PROGRESS' : 'PREVIOUS_REQUEST_IN_PROGRESS'
}

type Body = { kind: 'read'; body: unknown } | { kind: 'refused'; refusal: Refusal }

function readBody(c: HttpContext, raw: string): Body {
  if (c.req.method === 'GET' || c.req.method === 'DELETE') return { kind: 'read', body: undefined }
  if (!(c.req.header('content-type') ?? '').startsWith('application/json'))
    return { kind: 'refused', refusal: refuseWith(415) }
  try {
    return { kind: 'read', body: raw === '' ? undefined : JSON.parse(raw) }
  } catch {
    return {
      kind: 'refused',
      refusal: refuse(detail('MALFORMED_REQUEST_JSON', { location: 'body' })),
    }
  }
}

/** PayPal's negative testing: `PayPal-Mock-Response: {"mock_application_codes":"INSTRUMENT_DECLINED"}`. Unknown codes change nothing. */
function mockedIssue(c: HttpContext): Issue | null {
  const header = c.req.header('paypal-mock-response')
  if (header === undefined) return null
  try {
    const code: unknown = (JSON.parse(header) as { mock_application_codes?: unknown }).mock_application_codes
    return typeof code === 'string' && isIssue(code) ? code : null
  } catch {
    return null
  }
}
