import { Hono } from 'hono'
import { toMinor } from '../money'
import { settleCapture } from '../orders/capture-order'
import { moveBack, returnReversal, settleRefund } from '../orders/move-back'
import { refundCapture } from '../orders/refund-capture'
import type { HttpContext, HttpEnv } from '../rest/http-env'
import type { Simulator } from '../simulator'
import { backTo } from './back-to'
import { readAmount } from './read-amount'
import { readBody } from './read-json'

/** What happens to a capture without the shop: the bank decides, the seller refunds on PayPal's site, money is taken back. */
export function captureControls(simulator: Simulator): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  const { state } = simulator
  const notFound = (c: HttpContext) => c.json({ error: 'unknown id' }, 404)

  const settle = (status: 'COMPLETED' | 'DECLINED') => (c: HttpContext) => {
    const settlement = settleCapture(simulator, c.req.param('id') ?? '', status)
    if (settlement.kind === 'not_found') return notFound(c)
    if (settlement.kind === 'not_pending') return c.json({ error: `the capture is ${settlement.capture.status}` }, 409)
    return backTo(c, settlement.capture)
  }
  routes.post('/captures/:id/complete', settle('COMPLETED'))
  routes.post('/captures/:id/deny', settle('DECLINED'))
  const settleBack = (status: 'COMPLETED' | 'FAILED') => (c: HttpContext) => {
    const settlement = settleRefund(simulator, c.req.param('id') ?? '', status)
    if (settlement.kind === 'not_found') return notFound(c)
    if (settlement.kind === 'not_pending') return c.json({ error: `the refund is ${settlement.refund.status}` }, 409)
    return backTo(c, settlement.refund)
  }
  routes.post('/refunds/:id/complete', settleBack('COMPLETED'))
  routes.post('/refunds/:id/fail', settleBack('FAILED'))
  routes.post('/refunds/:id/return', async (c) => {
    const { staysTaken } = await readBody(c)
    const returned = returnReversal(simulator, c.req.param('id'), staysTaken === true)
    if (returned === 'not_found') return notFound(c)
    if (returned === 'not_possible') return c.json({ error: 'no bank holds this money' }, 409)
    return backTo(c, returned, 201)
  })

  routes.post('/captures/:id/refund', async (c) => {
    const capture = state.capture(c.req.param('id'))
    if (capture === undefined) return notFound(c)
    const { amountValue } = await readBody(c)
    const currency_code = capture.amount.currency_code
    const body = amountValue === undefined ? {} : { amount: { currency_code, value: amountValue } }
    const outcome = refundCapture(simulator, capture.id, body, 'site')
    if (outcome.kind !== 'refund')
      return c.json({ error: outcome.kind === 'refused' ? outcome.refusal.details : '' }, 409)
    state.commit(outcome.change)
    return backTo(c, state.refund(outcome.id) ?? {}, 201)
  })
  routes.post('/captures/:id/reverse', async (c) => {
    const capture = state.capture(c.req.param('id'))
    if (capture === undefined) return notFound(c)
    const left = toMinor(capture.amount) - capture.refundedMinor
    const hasMoney = capture.status !== 'PENDING' && capture.status !== 'DECLINED'
    const { amountValue } = await readBody(c)
    const amount = readAmount(amountValue, capture.amount.currency_code)
    if (amountValue !== undefined && amount === null) return c.json({ error: 'amountValue is no amount' }, 400)
    const minor = amount === null ? left : toMinor(amount)
    // A bank takes the whole payment back also when part of it was refunded before, but nothing twice.
    const taken = state
      .refundsOf(capture.id)
      .filter(({ cause, returned }) => (cause === 'reversal' || cause === 'dispute') && returned === undefined)
      .reduce((sum, refund) => sum + toMinor(refund.amount), 0)
    if (!hasMoney || minor < 1 || minor > toMinor(capture.amount) - taken)
      return c.json({ error: 'the capture does not hold so much' }, 409)
    const { refund, change } = moveBack(simulator, capture, minor, 'reversal', 'COMPLETED')
    state.commit(change)
    return backTo(c, refund, 201)
  })
  return routes
}
