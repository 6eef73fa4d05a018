import 'server-only'

import { getEnvironment } from '@/lib/runtime/env'

/** Whom a passkey is for: the host of APP_URL. One made for another host is of no use here, and the other way round. */
export function relyingParty(): { readonly id: string; readonly origin: string } {
  const { hostname, origin } = new URL(getEnvironment().APP_URL)
  return { id: hostname, origin }
}
