import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { connection } from 'next/server'

import { Receipt } from '@/components/orders/receipt'
import { Container } from '@/components/ui/container'
import { memberDatabase } from '@/lib/members/member-services'
import { openOrderLink } from '@/lib/orders/look-up-order'
import { LOST_LINK_PATH, makeReceiptLink } from '@/lib/orders/receipt-link'
import { getReceiptParts } from '@/lib/receipts/get-receipt-parts'

import '@/app/(shop)/orders/[orderNumber]/receipt-print.css'

export const instant = false
export const metadata: Metadata = { title: 'Order', robots: { index: false }, referrer: 'no-referrer' }

/** Behind the mailed link. A wrong one and an old one lead to a new one alike. */
export default async function FoundOrderPage({ params }: { params: Promise<{ token: string }> }) {
  await connection()
  const order = await openOrderLink(memberDatabase(), (await params).token)
  if (!order) redirect(LOST_LINK_PATH)
  const link = makeReceiptLink(order.orderNumber)
  return (
    <Container width="column" className="pb-24">
      <Receipt order={order} {...await getReceiptParts(order, link)} />
    </Container>
  )
}
