import { randomBytes } from 'node:crypto'

import { NextResponse, type NextRequest } from 'next/server'

import { isDiscountId } from '@/lib/admin/discounts-desk'
import { readInvitation } from '@/lib/admin/invite-staff'
import { isCustomer } from '@/lib/admin/customers/customers'
import { isOrderNumber } from '@/lib/admin/order-desk'
import { isEvent } from '@/lib/admin/webhook-inbox'
import { isJobId } from '@/lib/bulk/job-desk'
import { isImportId } from '@/lib/catalogue-csv/import-desk'
import { orderNumberOfPath, permissionOfPath } from '@/lib/domain/admin-pages'
import { isOwn } from '@/lib/members/is-own'
import { listProviders } from '@/lib/members/providers'
import { opensOrder } from '@/lib/orders/look-up-order'
import { getReceipt } from '@/lib/orders/find-receipt'
import { LOST_LINK_PATH } from '@/lib/orders/receipt-link'
import { isProductId } from '@/lib/products/product-desk'
import { isReturnId } from '@/lib/returns/return-desk'
import { getEnvironment } from '@/lib/runtime/env'
import { isVariantId } from '@/lib/stock/stock-desk'
import { readAdmin } from '@/lib/web/current-admin'
import { getCurrentMember, signInPath } from '@/lib/web/current-member'
import { secondFactorPath } from '@/lib/web/factor-wanted'
import { judgeSender } from '@/lib/web/own-form'
import { judgeBody, refuseBody } from '@/lib/web/read-form-body'
import { readReceiptRequest } from '@/lib/web/receipt-request'
import { readOwnPayment } from '@/lib/web/read-own-payment'
import { showUnavailable } from '@/lib/web/unavailable'

/**
 * Sets what must be known before a page begins to stream: the checkout's content policy, and the status of a receipt or
 * payment that is not this visitor's. It guards nothing: every page checks for itself again. What cannot be known for now, as
 * the database is away, is said instead of a page that would fail for the same reason.
 */
export async function proxy(request: NextRequest) {
  const { pathname, search } = request.nextUrl
  const asksAgain = isRead(request)
  const label = asksAgain ? 'Ask again now' : 'Back to the page'
  return showUnavailable({ href: pathname + search, label, asksAgain }, () => letIn(request))
}

async function letIn(request: NextRequest): Promise<Response> {
  const { pathname, searchParams } = request.nextUrl
  if (!isWellFormed(pathname)) return new NextResponse('There is nothing at this address.', { status: 404 })
  if (request.method === 'POST' && judgeSender(request.headers) === 'foreign') return foreign()
  const reason = isRead(request) ? null : await judgeBody(request)
  if (reason) return refuseBody(reason)
  if (pathname.startsWith('/orders/')) {
    return receiptPage(request)
  }
  if (isMemberPage(pathname)) return memberPage(request)
  if (pathname === '/admin' || pathname.startsWith('/admin/')) return adminPage(request)
  if (pathname === '/checkout/wait') {
    const { kind } = await readOwnPayment(searchParams.get('token'))
    if (kind === 'not_found') return notFound(request)
  }
  return pathname === '/checkout' || pathname.startsWith('/checkout/')
    ? withPolicy(request, (nonce) => checkoutPolicy(nonce, paypalSources()))
    : NextResponse.next()
}

function isRead({ method }: NextRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** An address without a page answers 404 before anything is streamed. */
function notFound(request: NextRequest) {
  return NextResponse.rewrite(new URL('/not-found', request.url))
}

/** A wrong key, an old one, none, and a number that never was get one answer: nobody learns which orders there are. */
async function receiptPage(request: NextRequest) {
  const { pathname, searchParams } = request.nextUrl
  const [, , orderNumber = ''] = pathname.split('/')
  const opened = await getReceipt(await readReceiptRequest(orderNumber, searchParams.get('key')))
  return opened ? NextResponse.next() : nothingThere(request)
}

/** An action sent there would be looked for on the page that says so, and not be found with another status. */
function nothingThere(request: NextRequest) {
  return isRead(request) ? notFound(request) : new NextResponse('Not found', { status: 404 })
}

function leadTo(request: NextRequest, path: string) {
  return NextResponse.redirect(new URL(path, request.url), 303)
}

/** Pages of sign-in and account: nothing runs there that is not ours. */
function isMemberPage(pathname: string): boolean {
  return MEMBER_PAGES.test(pathname)
}

const MEMBER_PAGES =
  /^\/(account|sign-in|register|forgot-password|reset-password|confirm-address|wish-list|find-order)(\/|$)/

/** Before anything is streamed: whoever is not signed in goes to sign in, and what is not theirs is not found. */
async function memberPage(request: NextRequest) {
  const { pathname, search } = request.nextUrl
  const [first, place, id] = pathname.split('/').filter(Boolean)
  // A form's own action answers for it: led away here, the script that has sent it could not read where to.
  if (first === 'account' && request.method !== 'POST') {
    const member = await getCurrentMember()
    if (!member) return leadTo(request, signInPath(pathname + search))
    if (id !== undefined && !(await isOwn(member, place, id))) return notFound(request)
  }
  if (first === 'find-order' && place !== undefined && place !== 'sent' && !(await opensOrder(place))) {
    return id === undefined ? leadTo(request, LOST_LINK_PATH) : notFound(request)
  }
  return withPolicy(request, memberPolicy)
}

/**
 * There is no /admin for whoever does not work here, nor a page that their role has no use for. A form's own action answers for
 * it: led away here, the script that has sent it could not read where to.
 */
async function adminPage(request: NextRequest) {
  const { pathname, search, searchParams } = request.nextUrl
  if (request.method !== 'POST' && !(await isAdminPageThere(pathname, searchParams))) return notFound(request)
  if (pathname === '/admin/join') return withPolicy(request, memberPolicy)
  const outcome = await readAdmin(permissionOfPath(pathname))
  if (outcome.kind === 'outsider' || outcome.kind === 'not_permitted') {
    return nothingThere(request)
  }
  if (outcome.kind !== 'admin' && request.method !== 'POST' && !pathname.startsWith('/admin/second-factor')) {
    const isSetUp = outcome.kind !== 'second_factor' || outcome.isSetUp
    return leadTo(request, secondFactorPath(pathname + search, isSetUp))
  }
  return withPolicy(request, memberPolicy)
}

/** Beside the products themselves. */
const PRODUCT_PLACES = ['new', 'categories', 'import', 'export']

async function isAdminPageThere(pathname: string, searchParams: URLSearchParams): Promise<boolean> {
  if (pathname === '/admin/join') return (await readInvitation(searchParams.get('key') ?? '')) !== null
  const customerId = /^\/admin\/customers\/([^/]+)/.exec(pathname)?.[1]
  if (customerId === 'guest') return isCustomer({ email: searchParams.get('email') })
  if (customerId !== undefined) return isCustomer({ memberId: customerId })
  const eventId = /^\/admin\/payments\/webhooks\/([^/]+)/.exec(pathname)?.[1]
  if (eventId !== undefined) return isEvent(eventId)
  const discountId = /^\/admin\/discounts\/([^/]+)/.exec(pathname)?.[1]
  if (discountId !== undefined) return discountId === 'new' || isDiscountId(discountId)
  const returnId = /^\/admin\/returns\/([^/]+)/.exec(pathname)?.[1]
  if (returnId !== undefined) return isReturnId(returnId)
  const jobId = /^\/admin\/orders\/bulk\/([^/]+)/.exec(pathname)?.[1]
  if (jobId !== undefined) return isJobId(jobId)
  const orderNumber = orderNumberOfPath(pathname)
  if (orderNumber !== null) return isOrderNumber(orderNumber)
  const productId = /^\/admin\/products\/([^/]+)/.exec(pathname)?.[1]
  const importId = /^\/admin\/products\/import\/([^/]+)/.exec(pathname)?.[1]
  if (importId !== undefined) return isImportId(importId)
  const variantId = /^\/admin\/stock\/([^/]+)/.exec(pathname)?.[1]
  if (variantId !== undefined) return isVariantId(variantId)
  return productId === undefined || PRODUCT_PLACES.includes(productId) || isProductId(productId)
}

/**
 * Checkout is the one place where PayPal's script runs, so it has a policy of its own. It is made per request because
 * PayPal's host is known only at run time.
 */
function withPolicy(request: NextRequest, makePolicy: (nonce: string) => string) {
  const nonce = randomBytes(16).toString('base64')
  const policy = makePolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  headers.set('x-nonce', nonce)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

export const config = {
  matcher: [
    '/checkout',
    '/checkout/:path*',
    '/orders/:path*',
    '/admin',
    '/admin/:path*',
    '/(account|sign-in|register|wish-list|find-order|forgot-password|reset-password|confirm-address)',
    '/(account|sign-in|register|find-order)/:path*',
    // Whatever has a body; pages that are only read do not pass here, so that they stay as quick as they are. PayPal's webhooks
    // and files have limits of their own, and nothing may be between them and their bytes.
    {
      source: '/((?!api/paypal/webhooks$|api/admin/pictures$|api/admin/imports$).*)',
      has: [{ type: 'header', key: 'content-type' }],
    },
    // What may not be decodable; no address of a page has an escape in it.
    '/((?!_next/).*%.*)',
  ],
}

/** Next answers 500 to an address that cannot be decoded. */
function isWellFormed(pathname: string): boolean {
  try {
    decodeURIComponent(pathname)
    return true
  } catch {
    return false
  }
}

/** Next itself would answer 500. Who must be sure asks again, and refuses what does not say where it is from (`isOwnForm`). */
function foreign() {
  return new NextResponse('This did not come from our page. Go to the shop and try again there.', { status: 403 })
}

/** Hosts from developer.paypal.com/sdk/js/best-practices, or the simulator's alone. */
function paypalSources(): string {
  const { PAYPAL_SIMULATOR_URL } = getEnvironment()
  return PAYPAL_SIMULATOR_URL
    ? new URL(PAYPAL_SIMULATOR_URL).origin
    : 'https://*.paypal.com https://*.paypalobjects.com https://*.venmo.com'
}

const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''

/** A form may lead to the providers: a policy follows a form's redirects too. */
function memberPolicy(nonce: string): string {
  const providers = listProviders().map(({ origin }) => ` ${origin}`)
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${development}`,
    "img-src 'self' data:",
    "style-src 'self' 'unsafe-inline'",
    `form-action 'self'${providers.join('')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function checkoutPolicy(nonce: string, paypal: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' ${paypal}${development}`,
    `connect-src 'self' ${paypal}`,
    `frame-src ${paypal}`,
    `img-src 'self' data: ${paypal}`,
    `style-src 'self' 'unsafe-inline' ${paypal}`,
    `form-action 'self' ${paypal}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
