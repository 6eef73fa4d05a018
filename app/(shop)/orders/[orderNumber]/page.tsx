import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { Receipt } from '@/components/orders/receipt'
import { Container } from '@/components/ui/container'
import { getReceipt } from '@/lib/orders/find-receipt'
import { receiptPath } from '@/lib/orders/receipt-link'
import { readBuyer } from '@/lib/web/buyer-cookie'

import './receipt-print.css'

export const instant = false
export const metadata: Metadata = {
  title: 'Receipt',
  robots: { index: false },
  // The link opens the receipt: it must not travel to other sites.
  referrer: 'no-referrer',
}

export default async function ReceiptPage({
  params,
  searchParams,
}: {
  params: Promise<{ orderNumber: string }>
  searchParams: Promise<{ key?: string | string[] }>
}) {
  await connection()
  const { orderNumber } = await params
  const { key } = await searchParams
  const buyer = await readBuyer()
  const order = await getReceipt({
    orderNumber,
    buyerKey: buyer?.buyerKey ?? null,
    linkKey: typeof key === 'string' ? key : null,
  })
  if (!order) notFound()
  return (
    <Container width="column" className="pb-24">
      <Receipt order={order} linkPath={receiptPath(order.orderNumber)} />
    </Container>
  )
}
