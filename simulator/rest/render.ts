import type { Outcome } from '../outcome'
import {
  captureRepresentation,
  minimalCapturedOrder,
  minimalOrder,
  minimalRefund,
  orderRepresentation,
  refundRepresentation,
} from '../representations'
import type { Simulator } from '../simulator'
import { jsonAnswer, refusalAnswer, type Answer } from './answer'
import { originOf, type HttpContext } from './http-env'

type Result = { kind: 'order' | 'capture_order' | 'capture' | 'refund'; id: string }

/** Turns what an operation did into an answer. */
export function renderOutcome(
  simulator: Simulator,
  c: HttpContext,
  outcome: Outcome,
  debugId: string,
  resourceId: string,
): Answer {
  if (outcome.kind === 'refused') return refusalAnswer(c, outcome.refusal, debugId, resourceId)
  if (outcome.kind === 'no_content') return { status: 204, text: null }
  if (outcome.kind === 'json') return jsonAnswer(outcome.status, outcome.body)
  return renderResult(simulator, c, outcome, outcome.status)
}

/** Renders a resource as it is now, long or short as the header `Prefer` asks. GET is always long. */
export function renderResult(simulator: Simulator, c: HttpContext, result: Result, status: number): Answer {
  const isLong = c.req.method === 'GET' || (c.req.header('prefer') ?? '').includes('return=representation')
  return jsonAnswer(status, bodyOf(simulator, originOf(c), result, isLong))
}

function bodyOf(simulator: Simulator, origin: string, { kind, id }: Result, isLong: boolean): unknown {
  const { state } = simulator
  if (kind === 'capture') return captureRepresentation(origin, found(state.capture(id)))
  if (kind === 'refund')
    return isLong
      ? refundRepresentation(origin, found(state.refund(id)))
      : minimalRefund(origin, found(state.refund(id)))
  const order = found(state.order(id))
  if (isLong) return orderRepresentation(simulator, origin, order)
  return kind === 'capture_order' ? minimalCapturedOrder(simulator, origin, order) : minimalOrder(origin, order)
}

function found<Resource>(resource: Resource | undefined): Resource {
  if (resource === undefined) throw new Error('An operation answered with a resource that the state does not have')
  return resource
}
