import { Hono } from 'hono'
import { openDispute, resolveDispute, updateDispute, type DisputeDetails } from '../disputes/dispute-operations'
import { DISPUTE_OUTCOMES, DISPUTE_REASONS, DISPUTE_STAGES, DISPUTE_STATUSES } from '../disputes/records'
import { toMinor } from '../money'
import type { JsonObject } from '../orders/field-checks'
import type { HttpContext, HttpEnv } from '../rest/http-env'
import type { Simulator } from '../simulator'
import { backTo } from './back-to'
import { readAmount } from './read-amount'
import { readBody } from './read-json'

/** Complain as the buyer, and decide as PayPal. */
export function disputeControls(simulator: Simulator): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  const { state } = simulator
  const notFound = (c: HttpContext) => c.json({ error: 'unknown id' }, 404)

  routes.get('/disputes', (c) => c.json({ disputes: state.disputes() }))
  routes.post('/captures/:id/dispute', async (c) => {
    const capture = state.capture(c.req.param('id'))
    if (capture === undefined) return notFound(c)
    if (capture.status === 'PENDING' || capture.status === 'DECLINED')
      return c.json({ error: `the capture is ${capture.status}` }, 409)
    const details = readDetails(await readBody(c), capture.amount.currency_code)
    if (typeof details === 'string') return c.json({ error: details }, 400)
    if ((details.amountMinor ?? 0) > toMinor(capture.amount)) return c.json({ error: 'more than the capture' }, 400)
    return backTo(c, openDispute(simulator, capture, details), 201)
  })
  routes.post('/disputes/:id/update', async (c) => {
    const dispute = state.dispute(c.req.param('id'))
    if (dispute === undefined) return notFound(c)
    if (dispute.outcome !== null) return c.json({ error: 'the dispute is resolved' }, 409)
    const details = readDetails(await readBody(c), dispute.amount.currency_code)
    if (typeof details === 'string') return c.json({ error: details }, 400)
    return backTo(c, updateDispute(simulator, dispute, details))
  })
  routes.post('/disputes/:id/resolve', async (c) => {
    const dispute = state.dispute(c.req.param('id'))
    const capture = dispute === undefined ? undefined : state.capture(dispute.captureId)
    if (dispute === undefined || capture === undefined) return notFound(c)
    if (dispute.outcome !== null) return c.json({ error: 'the dispute is resolved' }, 409)
    const body = await readBody(c)
    const outcome = DISPUTE_OUTCOMES.find((each) => each === body['outcome'])
    if (outcome === undefined) return c.json({ error: `outcome must be one of ${DISPUTE_OUTCOMES.join(', ')}` }, 400)
    return backTo(c, resolveDispute(simulator, dispute, capture, outcome))
  })
  return routes
}

function readDetails(body: JsonObject, currency: string): DisputeDetails | string {
  const details: DisputeDetails = {}
  const reason = DISPUTE_REASONS.find((each) => each === body['reason'])
  if (body['reason'] !== undefined && reason === undefined) return `reason must be one of ${DISPUTE_REASONS.join(', ')}`
  const status = DISPUTE_STATUSES.find((each) => each === body['status'])
  if (body['status'] !== undefined && status === undefined)
    return `status must be one of ${DISPUTE_STATUSES.join(', ')}`
  const stage = DISPUTE_STAGES.find((each) => each === body['stage'])
  if (body['stage'] !== undefined && stage === undefined) return `stage must be one of ${DISPUTE_STAGES.join(', ')}`
  if (reason !== undefined) details.reason = reason
  if (status !== undefined) details.status = status
  if (stage !== undefined) details.stage = stage
  if (typeof body['message'] === 'string') details.message = body['message']
  if (body['amountValue'] !== undefined) {
    const amount = readAmount(body['amountValue'], currency)
    if (amount === null) return 'amountValue must be an amount as PayPal writes it'
    details.amountMinor = toMinor(amount)
  }
  if (body['sellerResponseDueDate'] !== undefined) {
    const text = body['sellerResponseDueDate']
    const due = typeof text === 'string' ? Date.parse(text) : Number.NaN
    if (Number.isNaN(due)) return 'sellerResponseDueDate must be a date'
    details.sellerResponseDueAt = due
  }
  return details
}
