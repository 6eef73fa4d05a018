import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { Panel } from '@/components/admin/panel'
import { RefundPreview } from '@/components/admin/refund-preview'
import { Notice } from '@/components/ui/notice'
import { adminDatabase } from '@/lib/admin/admin-services'
import { formatMoney, toDecimalString } from '@/lib/domain/money'
import { previewReturnRefund } from '@/lib/returns/refund-return'
import { getReturnDesk, type ReturnDesk } from '@/lib/returns/return-desk'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../../admin-page'
import { payBack } from './actions'
import { readTerms, refundProblem, type Terms } from './terms'

export const instant = false
export const metadata: Metadata = { title: 'Give money back' }

type Preview = NonNullable<Awaited<ReturnType<typeof previewReturnRefund>>>

export default async function ReturnRefundPage({
  params,
  searchParams,
}: {
  params: Promise<{ returnId: string }>
  searchParams: Asked
}) {
  await connection()
  const { returnId } = await params
  const asked = await searchParams
  const path = `/admin/returns/${encodeURIComponent(returnId)}`
  const admin = await requireAdmin('orders.refund', `${path}/refund`)
  const desk = await getReturnDesk(adminDatabase(), await requireAdmin('orders.read', path), returnId)
  if (!desk) notFound()
  const { orderNumber, total } = desk.order
  const terms = readTerms(asked, total.currency)
  const preview = await previewReturnRefund(adminDatabase(), admin, { orderNumber, returnId }, terms)
  return (
    <AdminPage
      admin={admin}
      here="/admin/returns"
      title={`Give money back for ${orderNumber}`}
      back={{ href: path, name: `Return of ${orderNumber}` }}
    >
      {preview ? (
        <div className="max-w-3xl space-y-6">
          <TermsForm path={path} terms={terms} preview={preview} />
          <PreviewPart
            desk={desk}
            terms={terms}
            preview={preview}
            refused={await readRefusedForm('pay', asked['refused'])}
          />
        </div>
      ) : (
        <p>Nothing of this return waits to be paid back.</p>
      )}
    </AdminPage>
  )
}

/** A change of terms is a new page with new sums; nothing is done by it. */
function TermsForm({ path, terms, preview }: { path: string; terms: Terms; preview: Preview }) {
  const { currency, deliveryMinor } = preview
  return (
    <Panel id="terms" title="On which terms">
      <form method="get" action={`${path}/refund`} className="flex flex-wrap items-end gap-4">
        <label className="min-w-0 flex-1 basis-44">
          <span className="mb-1 block text-xs font-medium">Keep in {currency}, for wear or damage</span>
          <input
            name="less"
            inputMode="decimal"
            maxLength={20}
            autoComplete="off"
            defaultValue={terms.less}
            aria-invalid={terms.problem ? true : undefined}
            aria-describedby={terms.problem ? 'less-error' : undefined}
            className="desk-field w-full aria-invalid:border-danger"
          />
        </label>
        {deliveryMinor > 0 ? (
          <label className="flex min-h-10 items-center gap-2.5">
            <input
              type="checkbox"
              name="delivery"
              value="1"
              defaultChecked={terms.withDelivery}
              className="size-4.5 accent-accent"
            />
            With the delivery of {formatMoney({ minor: deliveryMinor, currency })}
          </label>
        ) : null}
        <button type="submit" className="desk-button">
          Reckon again
        </button>
      </form>
      {terms.problem ? (
        <p id="less-error" className="mt-1 text-xs text-danger">
          {terms.problem}
        </p>
      ) : null}
    </Panel>
  )
}

function PreviewPart({
  desk,
  terms,
  preview: { plan, parts, currency, leftMinor },
  refused,
}: {
  desk: ReturnDesk
  terms: Terms
  preview: Preview
  refused: Awaited<ReturnType<typeof readRefusedForm>>
}) {
  const { order, items } = desk
  if (plan.kind !== 'planned') {
    return (
      <Notice tone="warning" title="This cannot be paid back as it stands">
        {refundProblem(plan, currency)}
      </Notice>
    )
  }
  return (
    <RefundPreview
      currency={currency}
      amountMinor={plan.amountMinor}
      leftMinor={leftMinor}
      parts={parts}
      items={items}
      buyer={{ name: order.address.name, email: order.email }}
      form={{
        id: 'pay',
        action: payBack,
        refused,
        hidden: {
          returnId: desk.row.id,
          orderNumber: order.orderNumber,
          seenEventId: String(desk.events.at(-1)?.id ?? 0),
          less: terms.lessMinor > 0 ? toDecimalString({ minor: terms.lessMinor, currency }) : '',
          delivery: terms.withDelivery ? '1' : '',
        },
      }}
    />
  )
}
