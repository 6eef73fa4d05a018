import 'server-only'

import type { Transaction } from '@/db/client'
import { listReturnItems } from '@/db/queries/returns'

/** The pieces of a return as its mails name them: those asked for, or those that have arrived. */
export async function describeLines(tx: Transaction, returnId: string, which: 'asked' | 'received') {
  const items = await listReturnItems(tx, returnId)
  return items
    .map(({ productName, options, quantity, receivedQuantity }) => ({
      productName,
      detail: options.map(({ value }) => value).join(', '),
      quantity: which === 'asked' ? quantity : (receivedQuantity ?? 0),
    }))
    .filter(({ quantity }) => quantity > 0)
}
