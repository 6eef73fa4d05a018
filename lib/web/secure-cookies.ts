import 'server-only'

import { getEnvironment } from '@/lib/runtime/env'

/** True where buyers reach the shop by https: cookies are then kept off plain connections. */
export function hasSecureCookies(): boolean {
  return getEnvironment().APP_URL.startsWith('https://')
}
