import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { Facts, Panel } from '@/components/admin/panel'
import { ReturnStateMark } from '@/components/admin/return-state'
import { Time } from '@/components/admin/time'
import { WideTable } from '@/components/admin/wide-table'
import { adminDatabase } from '@/lib/admin/admin-services'
import { formatMoney } from '@/lib/domain/money'
import { CONDITION_TEXTS, RETURN_MOVES, RETURN_REASON_TEXTS } from '@/lib/domain/return'
import { can } from '@/lib/domain/staff'
import { getReturnDesk, type ReturnDesk } from '@/lib/returns/return-desk'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../admin-page'
import { ApprovePart, ReceivePart, RefusePart } from './return-forms'
import { doneText } from './return-texts'

export const instant = false
export const metadata: Metadata = { title: 'Return' }

export default async function ReturnPage({
  params,
  searchParams,
}: {
  params: Promise<{ returnId: string }>
  searchParams: Asked
}) {
  await connection()
  const { returnId } = await params
  const asked = await searchParams
  const admin = await requireAdmin('orders.read', `/admin/returns/${encodeURIComponent(returnId)}`)
  const desk = await getReturnDesk(adminDatabase(), admin, returnId)
  if (!desk) notFound()
  const { row, order } = desk
  const moves = RETURN_MOVES[row.state]
  const hidden = {
    returnId: row.id,
    orderNumber: order.orderNumber,
    seenEventId: String(desk.events.at(-1)?.id ?? 0),
  }
  const refused = (form: string) => readRefusedForm(form, asked['refused'])
  const edits = can(admin.role, 'orders.edit')
  return (
    <AdminPage
      admin={admin}
      here="/admin/returns"
      title={`Return of ${order.orderNumber}`}
      back={{ href: '/admin/returns', name: 'Returns' }}
      done={doneText(asked['done'])}
      aside={<ReturnStateMark state={row.state} />}
    >
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="min-w-0 space-y-6">
          <PiecesPart desk={desk} />
          {edits && moves.includes('approved') ? (
            <ApprovePart hidden={hidden} refused={await refused('approve')} />
          ) : null}
          {can(admin.role, 'orders.fulfil') && moves.includes('received') ? (
            <ReceivePart desk={desk} hidden={hidden} refused={await refused('receive')} />
          ) : null}
          {moves.includes('refunded') ? <PayPart desk={desk} pays={can(admin.role, 'orders.refund')} /> : null}
          {edits && moves.includes('refused') ? (
            <RefusePart hidden={hidden} refused={await refused('refuse')} hasArrived={row.state === 'received'} />
          ) : null}
        </div>
        <AboutPart desk={desk} />
      </div>
    </AdminPage>
  )
}

function PiecesPart({ desk: { items, row } }: { desk: ReturnDesk }) {
  const hasArrived = row.receivedAt !== null
  return (
    <Panel id="pieces" title="What comes back">
      <WideTable name="Pieces of the return" className="-mx-5 px-2">
        <table className="desk-table">
          <thead>
            <tr>
              <th scope="col">Item</th>
              <th scope="col" className="end">
                Asked
              </th>
              {hasArrived ? (
                <>
                  <th scope="col" className="end">
                    Arrived
                  </th>
                  <th scope="col">Condition</th>
                  <th scope="col">Then</th>
                </>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.position}>
                <td className="min-w-40">
                  {item.productName}
                  <span className="block text-xs text-ink-soft">
                    {[item.sku, ...item.options.map(({ value }) => value)].join(' · ')}
                  </span>
                </td>
                <td className="end num">{item.quantity}</td>
                {hasArrived ? (
                  <>
                    <td className="end num">{item.receivedQuantity ?? 0}</td>
                    <td>{item.receivedQuantity && item.condition ? CONDITION_TEXTS[item.condition] : '–'}</td>
                    <td>{!item.receivedQuantity ? '–' : item.restock ? 'To the shelf' : 'Not sold again'}</td>
                  </>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </Panel>
  )
}

function PayPart({ desk: { row }, pays }: { desk: ReturnDesk; pays: boolean }) {
  return (
    <Panel id="pay" title="Give the money back">
      {pays ? (
        <a href={`/admin/returns/${row.id}/refund`} className="desk-button" data-look="primary">
          See what goes back
        </a>
      ) : (
        <p className="text-ink-soft">Somebody who may give money back does this.</p>
      )}
    </Panel>
  )
}

function AboutPart({ desk: { row, order, refund } }: { desk: ReturnDesk }) {
  return (
    <Panel id="about" title="About it">
      <Facts
        rows={[
          [
            'Order',
            <a key="order" href={`/admin/orders/${order.orderNumber}`} className="text-link">
              {order.orderNumber}
            </a>,
          ],
          ['Buyer', order.address.name],
          ['E-mail', order.email],
          ['Asked', <Time key="asked" at={row.askedAt} />],
          ...(row.answeredAt ? [['Answered', <Time key="answered" at={row.answeredAt} />] as const] : []),
          ...(row.receivedAt ? [['Arrived', <Time key="received" at={row.receivedAt} />] as const] : []),
          ...(refund
            ? [['Given back', formatMoney({ minor: refund.amountMinor, currency: order.total.currency })] as const]
            : []),
        ]}
      />
      <dl className="mt-4 space-y-3 border-t border-rule pt-3">
        <div>
          <dt className="text-xs text-ink-soft">Why</dt>
          <dd>{RETURN_REASON_TEXTS[row.reason]}</dd>
        </div>
        {row.note ? (
          <div>
            <dt className="text-xs text-ink-soft">In the buyer’s words</dt>
            <dd className="break-words whitespace-pre-wrap">{row.note}</dd>
          </div>
        ) : null}
        {row.answer ? (
          <div>
            <dt className="text-xs text-ink-soft">What we have answered</dt>
            <dd className="break-words whitespace-pre-wrap">{row.answer}</dd>
          </div>
        ) : null}
      </dl>
    </Panel>
  )
}
