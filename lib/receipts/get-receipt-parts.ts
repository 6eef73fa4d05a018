import 'server-only'

import { getDatabase } from '@/db/client'
import type { OrderView } from '@/lib/domain/order'
import { getTimeline } from '@/lib/orders/get-timeline'
import { makeReceiptLink, placeBelow, type ReceiptLink } from '@/lib/orders/receipt-link'
import { listOwnPapers } from '@/lib/papers/list-own-papers'
import { readOwnReturns } from '@/lib/returns/own-returns'

/**
 * What stands on a receipt beside the order. `link`: by which alone it was opened, and what is below it is too; null when it is who
 * one is that opens it.
 */
export async function getReceiptParts(order: OrderView, link: ReceiptLink | null) {
  const { orderNumber } = order
  const papers = await listOwnPapers(getDatabase(), order, link)
  const { returns, choices, deadline } = await readOwnReturns(order)
  return {
    link: link ?? makeReceiptLink(orderNumber),
    timeline: await getTimeline(getDatabase(), orderNumber),
    papers,
    returns,
    /** Where something is sent back, and until when; null when nothing can be. */
    returnDoor: choices.length > 0 && deadline ? { path: placeBelow(link ?? orderNumber, 'return'), deadline } : null,
  }
}
