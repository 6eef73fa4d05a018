import { randomBytes } from 'node:crypto'

import { NextResponse, type NextRequest } from 'next/server'

import { getReceipt } from '@/lib/orders/find-receipt'
import { getEnvironment } from '@/lib/runtime/env'
import { readBuyer } from '@/lib/web/buyer-cookie'
import { readOwnPayment } from '@/lib/web/read-own-payment'

/**
 * Sets what must be known before a page begins to stream: the checkout's content policy, and the status of a receipt or
 * payment that is not this visitor's. It guards nothing: every page checks for itself again.
 */
export async function proxy(request: NextRequest) {
  const { pathname, searchParams } = request.nextUrl
  if (Number(request.headers.get('content-length')) > FORM_MAX_BYTES) return tooLarge()
  if (pathname.startsWith('/orders/')) {
    return (await mayReadReceipt(pathname.slice('/orders/'.length), searchParams.get('key')))
      ? NextResponse.next()
      : notFound(request)
  }
  if (pathname === '/checkout/wait') {
    const { kind } = await readOwnPayment(searchParams.get('token'))
    if (kind === 'not_found') return notFound(request)
  }
  return pathname === '/checkout' || pathname.startsWith('/checkout/')
    ? withCheckoutPolicy(request)
    : NextResponse.next()
}

/** An address without a page answers 404 before anything is streamed. */
function notFound(request: NextRequest) {
  return NextResponse.rewrite(new URL('/not-found', request.url))
}

async function mayReadReceipt(orderNumber: string, linkKey: string | null): Promise<boolean> {
  const buyer = await readBuyer()
  return (await getReceipt({ orderNumber, buyerKey: buyer?.buyerKey ?? null, linkKey })) !== null
}

/**
 * Checkout is the one place where PayPal's script runs, so it has a policy of its own. It is made per request because
 * PayPal's host is known only at run time.
 */
function withCheckoutPolicy(request: NextRequest) {
  const nonce = randomBytes(16).toString('base64')
  const policy = checkoutPolicy(nonce, paypalSources())
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
    // Whatever has a body; pages that are only read do not pass here, so that they stay as quick as they are.
    { source: '/:path*', has: [{ type: 'header', key: 'content-type' }] },
  ],
}

/** No form of ours is near this; Next itself would answer 500 above a megabyte. */
const FORM_MAX_BYTES = 100_000

function tooLarge() {
  return new NextResponse('This form is too large. Go back and shorten what you entered.', { status: 413 })
}

/** Hosts from developer.paypal.com/sdk/js/best-practices, or the simulator's alone. */
function paypalSources(): string {
  const { PAYPAL_SIMULATOR_URL } = getEnvironment()
  return PAYPAL_SIMULATOR_URL
    ? new URL(PAYPAL_SIMULATOR_URL).origin
    : 'https://*.paypal.com https://*.paypalobjects.com https://*.venmo.com'
}

function checkoutPolicy(nonce: string, paypal: string): string {
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
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
