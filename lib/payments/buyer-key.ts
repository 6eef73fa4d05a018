import 'server-only'

import { createHash } from 'node:crypto'

/** What the database keeps of a buyer's key: enough to recognise it, not enough to use it. */
export function hashBuyerKey(buyerKey: string): string {
  return createHash('sha256').update(`buyer:${buyerKey}`).digest('hex')
}
