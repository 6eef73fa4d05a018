import { adminDatabase } from '@/lib/admin/admin-services'
import { exportOrders } from '@/lib/admin/export-orders'
import { parseOrderFilter } from '@/lib/domain/order-filter'
import { parseOrderNumber } from '@/lib/domain/order-number'
import { atAdminRoute } from '@/lib/web/admin-route'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { streamCsv } from '@/lib/web/stream-csv'

const QUERY_MAX = 1_000

/** The chosen orders (`n`), or all that a list's filter shows, as CSV. A POST, because it is written down. */
export async function POST(request: Request) {
  if (!(await isOwnForm())) return new Response(FOREIGN, { status: 403 })
  const form = await request.formData().catch(() => new FormData())
  const sent = form.get('query')
  const query = typeof sent === 'string' ? sent.slice(0, QUERY_MAX) : ''
  return atAdminRoute('orders.export', `/admin/orders${query ? `?${query}` : ''}`, async (admin) => {
    const typed = form.getAll('n').filter((each) => typeof each === 'string')
    const orderNumbers = [...new Set(typed.flatMap((each) => parseOrderNumber(each) ?? []))]
    const filter = parseOrderFilter(Object.fromEntries(new URLSearchParams(query)))
    const wish = orderNumbers.length > 0 ? { orderNumbers } : { filter }
    return streamCsv('orders', exportOrders(adminDatabase(), admin, wish))
  })
}
