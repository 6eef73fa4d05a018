import { notFound } from 'next/navigation'

import type { Admin } from '@/lib/admin/admin'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getOrderDesk, type OrderDesk } from '@/lib/admin/order-desk'
import { requireAdmin } from '@/lib/web/current-admin'

/** An order for one of the pages on which its money is moved, by whoever may do that now. */
export async function openMoneyPage(
  params: Promise<{ orderNumber: string }>,
  page: 'refund' | 'cancel',
): Promise<{ admin: Admin<'orders.refund'>; desk: OrderDesk; path: string }> {
  const { orderNumber } = await params
  const path = `/admin/orders/${encodeURIComponent(orderNumber)}`
  const admin = await requireAdmin('orders.refund', `${path}/${page}`)
  const desk = await getOrderDesk(adminDatabase(), await requireAdmin('orders.read', path), orderNumber)
  return desk ? { admin, desk, path } : notFound()
}
