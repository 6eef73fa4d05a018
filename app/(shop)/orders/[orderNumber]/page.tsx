import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { Receipt } from '@/components/orders/receipt'
import { Container } from '@/components/ui/container'
import { Notice } from '@/components/ui/notice'
import { getReceipt } from '@/lib/orders/find-receipt'
import { getReceiptParts } from '@/lib/receipts/get-receipt-parts'
import { readReceiptRequest } from '@/lib/web/receipt-request'

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
  searchParams: Promise<{ key?: string | string[]; asked?: string | string[] }>
}) {
  await connection()
  const { orderNumber } = await params
  const { key, asked } = await searchParams
  const opened = await getReceipt(await readReceiptRequest(orderNumber, key))
  if (!opened) notFound()
  const { order, link, isByLink } = opened
  return (
    <Container width="column" className="pb-24">
      {asked === 'return' ? (
        <div className="pt-6">
          <Notice tone="positive" announce>
            We have your request and write to you within two working days.
          </Notice>
        </div>
      ) : null}
      <Receipt order={order} {...await getReceiptParts(order, isByLink ? link : null)} />
    </Container>
  )
}
