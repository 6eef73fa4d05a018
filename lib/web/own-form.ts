import 'server-only'

import { headers } from 'next/headers'

/**
 * True when a form or a script of our own pages sent this: the browser must say so. A program that says nothing has no cookies of
 * a victim to ride on, but what it wants done is not done either.
 */
export async function isOwnForm(): Promise<boolean> {
  return judgeSender(await headers()) === 'own'
}

export const FOREIGN = 'This did not come from our page. Reload it and try again.'

/**
 * Who sent a request that changes something, by what browsers send with each such request. A null origin is nobody's. Next goes by
 * `X-Forwarded-Host` where there is one and answers 500 when it is not the origin's, so that must be ours as well.
 */
export function judgeSender(sent: Pick<Headers, 'get'>): 'own' | 'foreign' | 'unsaid' {
  const site = sent.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') return 'foreign'
  const origin = sent.get('origin')
  if (origin === null) return site === null ? 'unsaid' : 'own'
  const host = URL.canParse(origin) ? new URL(origin).host : null
  const forwarded = sent.get('x-forwarded-host')?.split(',')[0]?.trim() ?? host
  return host !== null && host === sent.get('host') && host === forwarded ? 'own' : 'foreign'
}
