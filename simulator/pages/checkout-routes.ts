import { Hono } from 'hono'
import { BUYER } from '../buyer'
import { approveOrder, findOrder } from '../orders/order-operations'
import { FUNDINGS, type Funding, type OrderRecord } from '../records'
import type { HttpContext, HttpEnv } from '../rest/http-env'
import type { Simulator } from '../simulator'
import { buyerPage } from './buyer-page'
import { readPresentation, type Presentation } from './presentation'
import { messagePage, resultPage } from './result-pages'

/** The buyer's side of PayPal: review an order, approve it or turn back. */
export function checkoutRoutes(simulator: Simulator): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  routes.use('/checkoutnow', async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
  })
  routes.get('/checkoutnow', (c) => {
    const order = findOrder(simulator, c.req.query('token') ?? '')
    if (order === null) return unknownOrder(c)
    if (order.status === 'COMPLETED') return alreadyPaid(c, order)
    return c.html(buyerPage(order, readPresentation(c.req.query('presentation'), c.req.query('origin'))))
  })
  routes.post('/checkoutnow', async (c) => {
    const form = await c.req.parseBody()
    const field = (name: string) => (typeof form[name] === 'string' ? form[name] : undefined)
    const presentation = readPresentation(field('presentation'), field('origin'))
    const orderId = field('token') ?? ''
    if (field('action') === 'cancel') return cancel(simulator, c, orderId, presentation)
    const approval = approveOrder(simulator, orderId, chosenFunding(field('action'), field('funding')))
    if (approval.kind === 'not_found') return unknownOrder(c)
    if (approval.kind === 'already_completed') return alreadyPaid(c, approval.order)
    if (presentation.kind !== 'redirect')
      return c.html(resultPage({ type: 'approved', orderId, payerId: BUYER.payerId }, presentation.shopOrigin))
    const back = returnAddress(approval.order.experience.return_url, {
      token: orderId,
      PayerID: BUYER.payerId,
    })
    if (back !== null) return c.redirect(back, 303)
    return c.html(
      messagePage('Payment approved', 'The shop gave no address to return to. Go back to its page to finish.'),
    )
  })
  return routes
}

function chosenFunding(action: string | undefined, funding: string | undefined): Funding {
  if (action === 'decline') return 'declined_card'
  return FUNDINGS.find((candidate) => candidate === funding) ?? 'balance'
}

function cancel(
  simulator: Simulator,
  c: HttpContext,
  orderId: string,
  presentation: Presentation,
): Response | Promise<Response> {
  const order = findOrder(simulator, orderId)
  if (order === null) return unknownOrder(c)
  if (presentation.kind !== 'redirect')
    return c.html(resultPage({ type: 'cancelled', orderId }, presentation.shopOrigin))
  const back = returnAddress(order.experience.cancel_url, { token: orderId })
  return back === null
    ? c.html(messagePage('Payment cancelled', 'Nothing was paid. You can go back to the shop.'))
    : c.redirect(back, 303)
}

function unknownOrder(c: HttpContext): Response | Promise<Response> {
  const text = 'This payment is unknown or has expired. Nothing was paid. Go back to the shop and start again.'
  return c.html(messagePage("This payment can't be found", text), 404)
}

function alreadyPaid(c: HttpContext, order: OrderRecord): Response | Promise<Response> {
  const back = returnAddress(order.experience.return_url, {
    token: order.id,
    PayerID: BUYER.payerId,
  })
  const way = back === null ? null : { href: back, label: 'Return to the shop' }
  return c.html(messagePage('This order is already paid', "You don't need to pay again.", way), 409)
}

/** The shop's own address with PayPal's parameters added. */
function returnAddress(address: string | undefined, parameters: Record<string, string>): string | null {
  if (address === undefined || !URL.canParse(address)) return null
  const url = new URL(address)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}
