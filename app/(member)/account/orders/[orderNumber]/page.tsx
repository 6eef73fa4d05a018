import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { ButtonForm } from '@/components/members/button-form'
import { orderStateText } from '@/components/members/order-state-text'
import { Receipt } from '@/components/orders/receipt'
import { memberDatabase } from '@/lib/members/member-services'
import { getOwnOrder } from '@/lib/members/own-orders'
import { getReceiptParts } from '@/lib/receipts/get-receipt-parts'
import { requireMember } from '@/lib/web/current-member'

import { AccountPage } from '../../account-page'
import { buyOrderAgain } from '../actions'

import '@/app/(shop)/orders/[orderNumber]/receipt-print.css'

export const instant = false
export const metadata: Metadata = { title: 'Order', robots: { index: false } }

export default async function OrderPage({ params }: { params: Promise<{ orderNumber: string }> }) {
  await connection()
  const { orderNumber } = await params
  const member = await requireMember(`/account/orders/${encodeURIComponent(orderNumber)}`)
  const order = await getOwnOrder(memberDatabase(), member, orderNumber)
  if (!order) notFound()
  const parts = await getReceiptParts(order, null)
  return (
    <AccountPage
      here="/account/orders"
      title={`Order ${order.orderNumber}`}
      lead={`${orderStateText({ ...order, goneBackMinor: parts.timeline.goneBackMinor })}.`}
    >
      <div className="mb-8 print:hidden">
        <ButtonForm
          action={buyOrderAgain}
          hidden={{ orderNumber: order.orderNumber }}
          look="secondary"
          pending="Putting it in your cart…"
        >
          Buy again
        </ButtonForm>
      </div>
      <Receipt order={order} {...parts} within />
    </AccountPage>
  )
}
