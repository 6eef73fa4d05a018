import type { NextConfig } from 'next'

const development = process.env.NODE_ENV === 'development'

/**
 * Static pages carry inline scripts of the framework, so they cannot have a nonce; nothing else is allowed in.
 * React needs eval for its error stacks, in development only.
 */
const CATALOGUE_CSP = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const OWN_POLICY =
  '(?:checkout|account|sign-in|register|forgot-password|reset-password|confirm-address|wish-list|find-order)(?:/|$)'

const SECURITY_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), browsing-topics=()' },
  // PayPal's window must be able to talk to the page that opened it.
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin-allow-popups' },
]

const config: NextConfig = {
  cacheComponents: true,
  partialPrefetching: true,
  typedRoutes: true,
  poweredByHeader: false,
  // They read files of their own beside them.
  serverExternalPackages: ['pdfkit', 'fontkit'],
  cacheLife: {
    catalogue: { stale: 300, revalidate: 300, expire: 86_400 },
  },
  // One build serves any shop: what one of them rendered must not be left behind for the next.
  experimental: { isrFlushToDisk: false },
  async rewrites() {
    // These pages are static on demand, which needs a parameter; their addresses stay short.
    const beforeFiles = [
      { source: '/', destination: '/home/now' },
      ...['delivery', 'returns', 'contact', 'terms', 'privacy'].map((page) => ({
        source: `/${page}`,
        destination: `/info/${page}`,
      })),
    ]
    return { beforeFiles, afterFiles: [], fallback: [] }
  },
  async headers() {
    return [
      { source: '/:path*', headers: SECURITY_HEADERS },
      // These set their own in proxy.ts: the checkout with PayPal's hosts in it, the members' with a nonce.
      {
        source: `/((?!${OWN_POLICY}).*)`,
        headers: [{ key: 'Content-Security-Policy', value: CATALOGUE_CSP }],
      },
    ]
  },
}

export default config
