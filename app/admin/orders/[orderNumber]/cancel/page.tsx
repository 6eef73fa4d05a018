import { randomUUID } from 'node:crypto'

import type { Metadata } from 'next'
import { connection } from 'next/server'

import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { formatMoney } from '@/lib/domain/money'
import { ORDER_MOVES } from '@/lib/domain/order'
import { REASON_MAX } from '@/lib/domain/order-event'
import { readRefusedForm } from '@/lib/web/answer-form'

import { AdminPage, type Asked } from '../../../admin-page'
import { openMoneyPage } from '../open-desk'
import { cancel } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'Cancel an order' }

export default async function CancelPage({
  params,
  searchParams,
}: {
  params: Promise<{ orderNumber: string }>
  searchParams: Asked
}) {
  await connection()
  const asked = await searchParams
  const { admin, desk, path } = await openMoneyPage(params, 'cancel')
  const { order } = desk
  const leftMinor = order.total.minor - (desk.money?.refundedMinor ?? 0)
  const left = leftMinor > 0 ? formatMoney({ ...order.total, minor: leftMinor }) : null
  const pieces = desk.items.reduce((sum, item) => sum + item.quantity - item.refundedQuantity, 0)
  return (
    <AdminPage
      admin={admin}
      here="/admin/orders"
      title={`Cancel ${order.orderNumber}`}
      back={{ href: path, name: `Order ${order.orderNumber}` }}
    >
      {ORDER_MOVES[order.state].includes('cancelled') ? (
        <div className="max-w-2xl">
          <Panel id="cancel" title="What happens">
            <ul className="mb-4 list-disc space-y-1 ps-5">
              <li>
                {left
                  ? `${left} go back to the buyer through PayPal. That cannot be undone.`
                  : 'All money has gone back already, or is on its way.'}
              </li>
              <li>
                {pieces} {pieces === 1 ? 'piece goes' : 'pieces go'} back on the shelf.
              </li>
              <li>The buyer gets a mail with what you write here.</li>
            </ul>
            <ActForm
              id="cancel"
              action={cancel}
              refused={await readRefusedForm('cancel', asked['refused'])}
              hidden={{
                orderNumber: order.orderNumber,
                seenEventId: String(desk.events.at(-1)?.id ?? 0),
                refundId: randomUUID(),
              }}
              fields={[
                {
                  kind: 'textarea',
                  name: 'reason',
                  label: 'Why, for the buyer',
                  maxLength: REASON_MAX,
                  optional: true,
                },
              ]}
              submit={left ? `Cancel the order and give ${left} back` : 'Cancel the order'}
              pending="Asking PayPal…"
              look="danger"
            />
          </Panel>
        </div>
      ) : (
        <p>This order cannot be cancelled any more: it is on its way, or over. Give money back instead.</p>
      )}
    </AdminPage>
  )
}
