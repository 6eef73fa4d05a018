import { adminDatabase } from '@/lib/admin/admin-services'
import { exportOrders } from '@/lib/admin/export-orders'
import { atAdminRoute } from '@/lib/web/admin-route'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { streamCsv } from '@/lib/web/stream-csv'

import { pathOfPile, readPile } from '../pile'
import { startFile } from '../start-file'

/**
 * All orders that a list's filter shows, as CSV that is written while it is read; of those that are chosen (`n`) it is seen one by one
 * first. A POST, because it is written down.
 */
export async function POST(request: Request) {
  if (!(await isOwnForm())) return new Response(FOREIGN, { status: 403 })
  const form = await request.formData().catch(() => new FormData())
  const pile = readPile(form)
  // The button beside the boxes never means all of them.
  if (pile.orderNumbers.length > 0 || form.get('of') === 'chosen') return startFile('export', pile)
  return atAdminRoute('orders.export', pathOfPile(pile, 'again'), async (admin) =>
    streamCsv('orders', exportOrders(adminDatabase(), admin, { filter: pile.filter })),
  )
}
