import { Hono } from 'hono'
import { approveOrder } from '../orders/order-operations'
import { FUNDINGS, type OrderRecord } from '../records'
import type { HttpContext, HttpEnv } from '../rest/http-env'
import type { Simulator } from '../simulator'
import { backTo } from './back-to'
import { readJson } from './read-json'

/** Look at PayPal orders and captures from the inside, and act as the buyer, the bank or an intruder. */
export function orderControls(simulator: Simulator): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  const withPayments = (order: OrderRecord) => {
    const captures = simulator.state.capturesOf(order.id)
    return {
      ...order,
      captures,
      refunds: captures.flatMap((capture) => simulator.state.refundsOf(capture.id)),
    }
  }
  const notFound = (c: HttpContext) => c.json({ error: 'unknown or expired id' }, 404)

  routes.get('/orders', (c) => c.json({ orders: simulator.state.orders().map(withPayments) }))
  routes.get('/orders/:id', (c) => {
    const order = simulator.state.order(c.req.param('id'))
    return order === undefined ? notFound(c) : c.json(withPayments(order))
  })
  routes.post('/orders/:id/approve', async (c) => {
    const { funding = 'balance' } = await readJson(c)
    const known = FUNDINGS.find((candidate) => candidate === funding)
    if (known === undefined) return c.json({ error: `funding must be one of ${FUNDINGS.join(', ')}` }, 400)
    const approval = approveOrder(simulator, c.req.param('id'), known)
    if (approval.kind === 'not_found') return notFound(c)
    if (approval.kind === 'already_completed') return c.json({ error: 'the order is completed' }, 409)
    return backTo(c, withPayments(approval.order))
  })
  routes.post('/orders/:id', async (c) => {
    const order = simulator.state.order(c.req.param('id'))
    if (order === undefined) return notFound(c)
    const tampered = tamper(order, await readJson(c))
    simulator.state.commit({ orders: [tampered] })
    return c.json(withPayments(tampered))
  })
  return routes
}

/** Changes an order behind everybody's back, as if its approval had been for this. */
function tamper(order: OrderRecord, body: Record<string, unknown>): OrderRecord {
  const { amountValue, currency, payeeMerchantId } = body
  const purchaseUnits = order.purchaseUnits.map((unit, index) => {
    if (index > 0) return unit
    const value = typeof amountValue === 'string' ? amountValue : unit.amount.value
    const currency_code = typeof currency === 'string' ? currency : unit.amount.currency_code
    const payee = typeof payeeMerchantId === 'string' ? { ...unit.payee, merchant_id: payeeMerchantId } : unit.payee
    return { ...unit, amount: { ...unit.amount, value, currency_code }, payee }
  })
  const approvedTotals = order.approvedTotals === null ? null : order.approvedTotals.map(() => Number.MAX_SAFE_INTEGER)
  return { ...order, purchaseUnits, approvedTotals }
}
