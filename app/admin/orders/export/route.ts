import { adminDatabase } from '@/lib/admin/admin-services'
import { exportOrders } from '@/lib/admin/export-orders'
import { atAdminRoute } from '@/lib/web/admin-route'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { seeOther } from '@/lib/web/see-other'
import { streamCsv } from '@/lib/web/stream-csv'

import { pathOfPile, readPile } from '../pile'

/** The chosen orders (`n`), or all that a list's filter shows, as CSV. A POST, because it is written down. */
export async function POST(request: Request) {
  if (!(await isOwnForm())) return new Response(FOREIGN, { status: 403 })
  const form = await request.formData().catch(() => new FormData())
  const pile = readPile(form)
  return atAdminRoute('orders.export', pathOfPile(pile, 'again'), async (admin) => {
    const { orderNumbers, filter } = pile
    // The button beside the boxes never means all of them.
    if (orderNumbers.length === 0 && form.get('of') === 'chosen') return seeOther(pathOfPile(pile, 'choose'))
    const wish = orderNumbers.length > 0 ? { orderNumbers } : { filter }
    return streamCsv('orders', exportOrders(adminDatabase(), admin, wish))
  })
}
