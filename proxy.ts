import { randomBytes } from 'node:crypto'

import { NextResponse, type NextRequest } from 'next/server'

import { getEnvironment } from '@/lib/runtime/env'

/**
 * Checkout is the one place where PayPal's script runs, so it has a policy of its own. It is made per request because
 * PayPal's host is known only at run time. The proxy sets headers and decides nothing: every door checks for itself.
 */
export function proxy(request: NextRequest) {
  const nonce = randomBytes(16).toString('base64')
  const policy = checkoutPolicy(nonce, paypalSources())
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  headers.set('x-nonce', nonce)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

export const config = { matcher: ['/checkout', '/checkout/:path*'] }

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
