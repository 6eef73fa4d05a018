import { toEverybody, toMembers, toOwnerAlone, type Answers } from './answers'
import type { Things } from './cast'

interface RouteRow {
  readonly address: (things: Things) => string
  readonly answers: Answers
  /** Of a POST: a form unless it is JSON. */
  readonly json?: object
}

const at = (address: string, answers: Answers, json?: object): RouteRow => ({
  address: () => address,
  answers,
  ...(json ? { json } : {}),
})

/** Who gets what from which route handler. Those that sign A out or pay come last. */
export const ROUTE_HANDLERS: Readonly<Record<string, RouteRow>> = {
  'GET /account/export': at('/account/export', toMembers()),
  'GET /admin/find/results': at('/admin/find/results?q=buyer', toEverybody(404)),
  'POST /admin/customers/export': at('/admin/customers/export', toEverybody(404)),
  'GET /orders/[orderNumber]/invoice': {
    address: ({ orderNumber }) => `/orders/${orderNumber}/invoice`,
    answers: toOwnerAlone(200),
  },
  // A has none yet; that a foreign one is not shown is a test of the verb.
  'GET /orders/[orderNumber]/credit-notes/[creditNote]': {
    address: ({ orderNumber }) => `/orders/${orderNumber}/credit-notes/CRN-000001`,
    answers: toEverybody(404),
  },
  'GET /admin/orders/[orderNumber]/invoice': {
    address: ({ orderNumber }) => `/admin/orders/${orderNumber}/invoice`,
    answers: toEverybody(404),
  },
  'GET /admin/orders/[orderNumber]/packing-slip': {
    address: ({ orderNumber }) => `/admin/orders/${orderNumber}/packing-slip`,
    answers: toEverybody(404),
  },
  'GET /admin/orders/[orderNumber]/credit-notes/[creditNote]': {
    address: ({ orderNumber }) => `/admin/orders/${orderNumber}/credit-notes/CRN-000001`,
    answers: toEverybody(404),
  },
  'POST /admin/orders/bulk/[jobId]/file': at(
    '/admin/orders/bulk/d6a3c6f0-5a3a-4b8e-9d55-0c8f3a1b2c3d/file',
    toEverybody(404),
  ),
  'POST /admin/orders/export': at('/admin/orders/export', toEverybody(404)),
  'POST /admin/orders/papers': at('/admin/orders/papers', toEverybody(404)),
  // Everybody hears of their own marks; a guest's say that nobody is signed in.
  'GET /api/member/marks': at('/api/member/marks', toEverybody(200)),
  'GET /sign-out': at('/sign-out', toEverybody(303)),
  'GET /api/auth/callback/[provider]': at('/api/auth/callback/oidc?code=nobodys&state=nobodys', toEverybody('sign-in')),
  'POST /sign-in/with/[provider]': at('/sign-in/with/oidc', toEverybody(303)),
  'GET /checkout/cancel': at('/checkout/cancel', toEverybody(303)),
  'GET /checkout/pay': at('/checkout/pay', toEverybody(303)),
  'POST /checkout/pay': at('/checkout/pay', toEverybody(303)),
  'GET /checkout/return': {
    address: ({ paypalOrderId }) => `/checkout/return?token=${paypalOrderId}`,
    answers: toEverybody(303),
  },
  'GET /api/paypal/orders/[paypalOrderId]': {
    address: ({ paypalOrderId }) => `/api/paypal/orders/${paypalOrderId}`,
    answers: toOwnerAlone(200),
  },
  'POST /api/paypal/orders/[paypalOrderId]/capture': {
    address: ({ paypalOrderId }) => `/api/paypal/orders/${paypalOrderId}/capture`,
    answers: toOwnerAlone(200),
  },
  // A has something in the cart, the others have not.
  'POST /api/paypal/orders': at('/api/paypal/orders', { guest: 409, A: 200, B: 409, disabled: 409 }, {}),
  'POST /api/paypal/webhooks': at('/api/paypal/webhooks', toEverybody(400), {}),
  'POST /api/internal/revalidate': at('/api/internal/revalidate', toEverybody(404), { productSlugs: [] }),
  'GET /api/health/live': at('/api/health/live', toEverybody(200)),
  'GET /api/health/ready': at('/api/health/ready', toEverybody(200)),
  'GET /admin/products/export': at('/admin/products/export', toEverybody(404)),
  'POST /api/admin/imports': at('/api/admin/imports', toEverybody(404), {}),
  'POST /api/admin/pictures': at('/api/admin/pictures?product=1', toEverybody(404), {}),
  'GET /media/[...path]': at('/media/nothing.webp', toEverybody(404)),
  'POST /sign-out': at('/sign-out', toEverybody('sign-in')),
}
