import { randomUUID } from 'node:crypto'

import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { DisputedMark, HeldMark, OrderStateMark } from '@/components/admin/order-state'
import { Notice } from '@/components/ui/notice'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getOrderDesk } from '@/lib/admin/order-desk'
import { isUnsent, ORDER_MOVES } from '@/lib/domain/order'
import { can } from '@/lib/domain/staff'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../admin-page'
import { AddressPart, BuyerPart } from './buyer-parts'
import { HoldPart, NotePart } from './desk-forms'
import { MailsPart } from './mails-part'
import { MoneyPart } from './money-part'
import { doneText, holdText } from './order-texts'
import { PapersPart } from './papers-part'
import { ItemsPart, ParcelsPart } from './parcel-parts'
import { ReturnsPart } from './returns-part'
import { ShipPart, StepButtons } from './ship-part'
import { TimelinePart } from './timeline-part'

export const instant = false
export const metadata: Metadata = { title: 'Order' }

export default async function OrderDeskPage({
  params,
  searchParams,
}: {
  params: Promise<{ orderNumber: string }>
  searchParams: Asked
}) {
  await connection()
  const { orderNumber } = await params
  const asked = await searchParams
  const admin = await requireAdmin('orders.read', `/admin/orders/${encodeURIComponent(orderNumber)}`)
  const desk = await getOrderDesk(adminDatabase(), admin, orderNumber)
  if (!desk) notFound()
  const { order } = desk
  const isHeld = desk.holds.length > 0
  const isDisputed = desk.disputes.some(({ resolvedAt }) => resolvedAt === null)
  const hidden = { orderNumber: order.orderNumber, seenEventId: String(desk.events.at(-1)?.id ?? 0) }
  const refused = (form: string) => readRefusedForm(form, asked['refused'])
  const fulfils = can(admin.role, 'orders.fulfil')
  const edits = can(admin.role, 'orders.edit')
  const refunds = can(admin.role, 'orders.refund')
  return (
    <AdminPage
      admin={admin}
      here="/admin/orders"
      title={`Order ${order.orderNumber}`}
      back={{ href: '/admin/orders', name: 'Orders' }}
      done={doneText(asked['done'])}
      aside={
        <span className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <OrderStateMark state={order.state} />
          {isHeld ? <HeldMark /> : null}
          {isDisputed ? <DisputedMark /> : null}
        </span>
      }
    >
      {isHeld ? (
        <div className="mb-5 max-w-3xl">
          <Notice tone="warning" title="Nothing moves while this order is held">
            {desk.holds.map(({ kind, ref }) => holdText(kind, ref)).join(' ')}
          </Notice>
        </div>
      ) : null}
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="min-w-0 space-y-6">
          <ItemsPart desk={desk} />
          {fulfils && !isHeld ? (
            <>
              <StepButtons desk={desk} hidden={hidden} refused={await refused('step')} />
              {ORDER_MOVES[order.state].includes('shipped') ? (
                <ShipPart
                  desk={desk}
                  hidden={{ ...hidden, shipmentId: randomUUID() }}
                  refused={await refused('ship')}
                />
              ) : null}
            </>
          ) : null}
          <ParcelsPart desk={desk} hidden={fulfils ? hidden : null} refused={refused} />
          <ReturnsPart desk={desk} />
          <TimelinePart desk={desk} />
          {edits ? <NotePart hidden={hidden} refused={await refused('note')} /> : null}
        </div>
        <div className="min-w-0 space-y-6">
          <BuyerPart desk={desk} seesCustomers={can(admin.role, 'customers.read')} />
          <AddressPart
            desk={desk}
            hidden={hidden}
            refused={await refused('address')}
            editable={edits && isUnsent(order.state)}
          />
          <MailsPart desk={desk} hidden={edits ? hidden : null} refused={await refused('mail')} />
          <PapersPart desk={desk} managesSettings={can(admin.role, 'settings.manage')} />
          <MoneyPart desk={desk} refunds={refunds} isHeld={isHeld} />
          {edits ? (
            <HoldPart hidden={hidden} isHeld={isHeld} refused={await refused(isHeld ? 'release' : 'hold')} />
          ) : null}
        </div>
      </div>
    </AdminPage>
  )
}
