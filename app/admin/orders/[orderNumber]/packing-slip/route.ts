import { adminDatabase } from '@/lib/admin/admin-services'
import { printPackingSlip } from '@/lib/papers/print-order-papers'
import { atAdminRoute } from '@/lib/web/admin-route'
import { answerPaper } from '@/lib/web/paper-answer'

export async function GET(_request: Request, { params }: { params: Promise<{ orderNumber: string }> }) {
  const { orderNumber } = await params
  const path = `/admin/orders/${encodeURIComponent(orderNumber)}`
  return atAdminRoute('orders.read', path, async (admin) =>
    answerPaper(await printPackingSlip(adminDatabase(), admin, orderNumber), path),
  )
}
