import 'server-only'

import type { ReceiptRequest } from '@/lib/orders/find-receipt'

import { readBuyer } from './buyer-cookie'
import { getCurrentMember } from './current-member'

/** Who asks for a receipt: the browser that paid, whoever is signed in, and the key in the address if there is one. */
export async function readReceiptRequest(orderNumber: string, linkKey: unknown): Promise<ReceiptRequest> {
  return {
    orderNumber,
    buyerKey: (await readBuyer())?.buyerKey ?? null,
    linkKey: typeof linkKey === 'string' ? linkKey : null,
    memberId: (await getCurrentMember())?.memberId ?? null,
  }
}

/** The page of a receipt that was asked for with this key, or without one. */
export function receiptPath(orderNumber: string, linkKey: string | null): string {
  return `/orders/${encodeURIComponent(orderNumber)}${linkKey ? `?key=${encodeURIComponent(linkKey)}` : ''}`
}
