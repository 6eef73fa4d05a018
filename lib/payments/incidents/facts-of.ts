import 'server-only'

import { createHash } from 'node:crypto'

import type { PaymentIncident } from '@/db/queries/payment-incidents'

/** Changes with whatever an incident says: a look may bring it up to date while somebody makes up their mind. */
export function factsOf({
  details,
  amountMinor,
  currency,
}: Pick<PaymentIncident, 'details' | 'amountMinor' | 'currency'>) {
  return createHash('sha256')
    .update(JSON.stringify([amountMinor, currency, details]))
    .digest('hex')
    .slice(0, 16)
}
