import { toEverybody, toMembers, toOwner, toOwnerAlone, type Answers } from './answers'
import type { Things } from './cast'

interface PageRow {
  readonly address: (things: Things) => string
  readonly answers: Answers
}

const at = (address: string, answers: Answers): PageRow => ({ address: () => address, answers })

/** Who gets which page. `[id]` pages are asked for with what is A's. */
export const PAGES: Readonly<Record<string, PageRow>> = {
  '/account': at('/account', toMembers()),
  '/account/addresses': at('/account/addresses', toMembers()),
  '/account/addresses/[addressId]': {
    address: ({ addressId }) => `/account/addresses/${addressId}`,
    answers: toOwner(),
  },
  '/account/data': at('/account/data', toMembers()),
  '/account/orders': at('/account/orders', toMembers()),
  '/account/orders/[orderNumber]': {
    address: ({ orderNumber }) => `/account/orders/${orderNumber}`,
    answers: toOwner(),
  },
  '/account/profile': at('/account/profile', toMembers()),
  '/account/security': at('/account/security', toMembers()),
  '/orders/[orderNumber]': { address: ({ orderNumber }) => `/orders/${orderNumber}`, answers: toOwnerAlone(200) },
  '/orders/[orderNumber]/return': {
    address: ({ orderNumber }) => `/orders/${orderNumber}/return`,
    answers: toOwnerAlone(200),
  },
  '/checkout/wait': {
    address: ({ paypalOrderId }) => `/checkout/wait?token=${paypalOrderId}`,
    answers: toOwnerAlone(200),
  },

  '/admin': at('/admin', toEverybody(404)),
  '/admin/audit': at('/admin/audit', toEverybody(404)),
  '/admin/customers': at('/admin/customers', toEverybody(404)),
  '/admin/customers/[customerId]': {
    address: ({ memberId }) => `/admin/customers/${memberId}`,
    answers: toEverybody(404),
  },
  '/admin/customers/[customerId]/erase': {
    address: ({ memberId }) => `/admin/customers/${memberId}/erase`,
    answers: toEverybody(404),
  },
  '/admin/customers/guest': {
    address: ({ email }) => `/admin/customers/guest?email=${email}`,
    answers: toEverybody(404),
  },
  '/admin/customers/guest/erase': {
    address: ({ email }) => `/admin/customers/guest/erase?email=${email}`,
    answers: toEverybody(404),
  },
  '/admin/discounts': at('/admin/discounts', toEverybody(404)),
  '/admin/discounts/[id]': at('/admin/discounts/1', toEverybody(404)),
  '/admin/discounts/new': at('/admin/discounts/new', toEverybody(404)),
  '/admin/find': at('/admin/find?q=buyer', toEverybody(404)),
  '/admin/join': at('/admin/join?key=nobodys', toEverybody(404)),
  '/admin/orders': at('/admin/orders', toEverybody(404)),
  '/admin/orders/bulk': at('/admin/orders/bulk', toEverybody(404)),
  '/admin/orders/bulk/[jobId]': at('/admin/orders/bulk/d6a3c6f0-5a3a-4b8e-9d55-0c8f3a1b2c3d', toEverybody(404)),
  '/admin/orders/[orderNumber]': {
    address: ({ orderNumber }) => `/admin/orders/${orderNumber}`,
    answers: toEverybody(404),
  },
  '/admin/orders/[orderNumber]/cancel': {
    address: ({ orderNumber }) => `/admin/orders/${orderNumber}/cancel`,
    answers: toEverybody(404),
  },
  '/admin/orders/[orderNumber]/refund': {
    address: ({ orderNumber }) => `/admin/orders/${orderNumber}/refund`,
    answers: toEverybody(404),
  },
  '/admin/payments': at('/admin/payments', toEverybody(404)),
  '/admin/payments/comparisons': at('/admin/payments/comparisons', toEverybody(404)),
  '/admin/payments/disputes': at('/admin/payments/disputes', toEverybody(404)),
  '/admin/payments/webhooks': at('/admin/payments/webhooks', toEverybody(404)),
  '/admin/payments/webhooks/[eventId]': {
    address: ({ paypalEventId }) => `/admin/payments/webhooks/${paypalEventId}`,
    answers: toEverybody(404),
  },
  '/admin/returns': at('/admin/returns', toEverybody(404)),
  '/admin/returns/[returnId]': { address: ({ returnId }) => `/admin/returns/${returnId}`, answers: toEverybody(404) },
  '/admin/returns/[returnId]/refund': {
    address: ({ returnId }) => `/admin/returns/${returnId}/refund`,
    answers: toEverybody(404),
  },
  '/admin/products': at('/admin/products', toEverybody(404)),
  '/admin/products/[productId]': {
    address: ({ productId }) => `/admin/products/${productId}`,
    answers: toEverybody(404),
  },
  '/admin/products/[productId]/preview': {
    address: ({ productId }) => `/admin/products/${productId}/preview`,
    answers: toEverybody(404),
  },
  '/admin/products/categories': at('/admin/products/categories', toEverybody(404)),
  '/admin/products/import': at('/admin/products/import', toEverybody(404)),
  '/admin/products/import/[importId]': at(
    '/admin/products/import/00000000-0000-4000-8000-000000000000',
    toEverybody(404),
  ),
  '/admin/products/new': at('/admin/products/new', toEverybody(404)),
  '/admin/me': at('/admin/me', toEverybody(404)),
  '/admin/second-factor': at('/admin/second-factor', toEverybody(404)),
  '/admin/second-factor/set-up': at('/admin/second-factor/set-up', toEverybody(404)),
  '/admin/settings': at('/admin/settings', toEverybody(404)),
  '/admin/settings/delivery': at('/admin/settings/delivery', toEverybody(404)),
  '/admin/settings/mail': at('/admin/settings/mail', toEverybody(404)),
  '/admin/settings/paypal': at('/admin/settings/paypal?ask=1', toEverybody(404)),
  '/admin/settings/taxes': at('/admin/settings/taxes', toEverybody(404)),
  '/admin/stock': at('/admin/stock', toEverybody(404)),
  '/admin/stock/[variantId]': { address: ({ variantId }) => `/admin/stock/${variantId}`, answers: toEverybody(404) },
  '/admin/staff': at('/admin/staff', toEverybody(404)),

  '/confirm-address': at('/confirm-address?token=nobodys', toEverybody(200)),
  '/find-order': at('/find-order', toEverybody(200)),
  '/find-order/[token]': at('/find-order/nobodys', toEverybody(303)),
  '/find-order/sent': at('/find-order/sent', toEverybody(200)),
  '/forgot-password': at('/forgot-password', toEverybody(200)),
  '/register': at('/register', toEverybody(200)),
  '/register/confirm': at('/register/confirm?token=nobodys', toEverybody(200)),
  '/reset-password': at('/reset-password?token=nobodys', toEverybody(200)),
  '/sign-in': at('/sign-in', toEverybody(200)),
  '/sign-in/link': at('/sign-in/link?token=nobodys', toEverybody(200)),
  '/sign-in/sent': at('/sign-in/sent', toEverybody(200)),
  '/wish-list': at('/wish-list', toEverybody(200)),
  '/cart': at('/cart', toEverybody(200)),
  '/checkout': at('/checkout', toEverybody(200)),
  '/categories/[...path]': at('/categories/prints', toEverybody(200)),
  '/home/[view]': at('/', toEverybody(200)),
  '/info/[page]': at('/delivery', toEverybody(200)),
  '/products/[slug]': { address: ({ productSlug }) => `/products/${productSlug}`, answers: toEverybody(200) },
}

/** The other forms in which a browser fetches the same page, and in which a guard has been walked round before. */
export const VARIANTS: Readonly<Record<string, { headers: Record<string, string>; change: (address: URL) => void }>> = {
  document: { headers: {}, change: () => {} },
  navigation: { headers: { rsc: '1' }, change: (url) => url.searchParams.set('_rsc', '1') },
  prefetch: { headers: { rsc: '1', 'next-router-prefetch': '1' }, change: (url) => url.searchParams.set('_rsc', '1') },
  'prefetched tree': {
    headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
    change: (url) => url.searchParams.set('_rsc', '1'),
  },
  'prefetched page': {
    headers: { rsc: '1', 'next-router-prefetch': '2', 'next-router-segment-prefetch': '/_full' },
    change: (url) => url.searchParams.set('_rsc', '1'),
  },
  '.rsc': { headers: {}, change: (url) => (url.pathname = `${url.pathname.replace(/\/$/, '/index')}.rsc`) },
  '.rsc, as a navigation': {
    headers: { rsc: '1' },
    change: (url) => (url.pathname = `${url.pathname.replace(/\/$/, '/index')}.rsc`),
  },
  segment: {
    headers: {},
    change: (url) => (url.pathname = `${url.pathname.replace(/\/$/, '/index')}.segments/_full.segment.rsc`),
  },
  'head of the middleware': {
    headers: { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
    change: () => {},
  },
}
