import 'server-only'

import type { Database } from '@/db/client'
import { findOrder, findOrderNumber } from '@/db/queries/orders'
import { findAttempt } from '@/db/queries/payment-attempts'
import { makeReceiptLink, placeBelow } from '@/lib/orders/receipt-link'

import type { LetterSources } from './write-letter'

/** Reads orders and payments from the database; the links are made here and kept nowhere. */
export function letterSources(db: Database, appUrl: string): LetterSources {
  return {
    order: async (orderId) => {
      const orderNumber = await findOrderNumber(db, orderId)
      const found = orderNumber === null ? null : await findOrder(db, orderNumber)
      if (!found) throw new Error(`order ${orderId} is not there`)
      const link = makeReceiptLink(found.order.orderNumber)
      return { order: found.order, receiptUrl: appUrl + link.path, invoiceUrl: appUrl + placeBelow(link, 'invoice') }
    },
    payment: async (attemptId) => {
      const attempt = await findAttempt(db, attemptId)
      if (!attempt) throw new Error(`attempt ${attemptId} is not there`)
      return attempt
    },
  }
}
