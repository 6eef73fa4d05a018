import 'server-only'

import { headers } from 'next/headers'

/**
 * True when a request that changes something comes from our own pages. Browsers send `Sec-Fetch-Site` or `Origin` with
 * every such request; a program without either has no cookies of a victim to ride on. A null origin is nobody's.
 */
export async function isSameOrigin(): Promise<boolean> {
  const sent = await headers()
  const site = sent.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  const origin = sent.get('origin')
  if (origin === null) return true
  if (!URL.canParse(origin)) return false
  return new URL(origin).host === sent.get('host')
}
