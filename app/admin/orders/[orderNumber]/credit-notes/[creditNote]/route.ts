import { adminDatabase } from '@/lib/admin/admin-services'
import { printCreditNote } from '@/lib/papers/print-order-papers'
import { atAdminRoute } from '@/lib/web/admin-route'
import { answerPaper } from '@/lib/web/paper-answer'

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ orderNumber: string; creditNote: string }> },
) {
  const { orderNumber, creditNote } = await params
  const path = `/admin/orders/${encodeURIComponent(orderNumber)}`
  return atAdminRoute('orders.read', path, async (admin) =>
    answerPaper(await printCreditNote(adminDatabase(), admin, orderNumber, creditNote), path),
  )
}
