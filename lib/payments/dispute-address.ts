import 'server-only'

import { getEnvironment } from '@/lib/runtime/env'

/** Where the seller answers a dispute: PayPal's Resolution Centre. Null at the simulator, which has none. */
export function disputeAddress(disputeId: string): string | null {
  const { PAYPAL_ENVIRONMENT } = getEnvironment()
  if (PAYPAL_ENVIRONMENT === 'simulator') return null
  const host = PAYPAL_ENVIRONMENT === 'live' ? 'www.paypal.com' : 'www.sandbox.paypal.com'
  return `https://${host}/resolutioncenter/view/${encodeURIComponent(disputeId)}`
}
