import type { Metadata } from 'next'
import { connection } from 'next/server'

import { PlainLink } from '@/components/ui/plain-link'
import { adminDatabase } from '@/lib/admin/admin-services'
import { formatMoney } from '@/lib/domain/money'
import { previewRefund } from '@/lib/fulfilment/refund-order'
import { readRefusedForm } from '@/lib/web/answer-form'

import { AdminPage, type Asked } from '../../../admin-page'
import { openMoneyPage } from '../open-desk'
import { PreviewPart } from './preview-part'
import { readWish } from './wish'
import { WishForms } from './wish-forms'

export const instant = false
export const metadata: Metadata = { title: 'Give money back' }

/** First what is wished for, then what goes where by it, then the money. Each step is a page, so that none needs a script. */
export default async function RefundPage({
  params,
  searchParams,
}: {
  params: Promise<{ orderNumber: string }>
  searchParams: Asked
}) {
  await connection()
  const asked = await searchParams
  const { admin, desk, path } = await openMoneyPage(params, 'refund')
  const { order } = desk
  const { currency } = order.total
  const leftMinor = order.total.minor - (desk.money?.refundedMinor ?? 0)
  const wish = readWish(asked, currency)
  const request = wish && 'request' in wish.read ? wish.read.request : null
  const preview = request ? await previewRefund(adminDatabase(), admin, order.orderNumber, request) : null
  return (
    <AdminPage
      admin={admin}
      here="/admin/orders"
      title={`Give money back for ${order.orderNumber}`}
      back={{ href: path, name: `Order ${order.orderNumber}` }}
    >
      {leftMinor <= 0 ? (
        <p>All {formatMoney(order.total)} have gone back already.</p>
      ) : (
        <div className="max-w-3xl space-y-6">
          {wish && preview ? (
            <>
              <PreviewPart
                desk={desk}
                wish={wish}
                preview={preview}
                refused={await readRefusedForm('give', asked['refused'])}
              />
              <p>
                <PlainLink href={`${path}/refund`} className="text-link">
                  Give something else back
                </PlainLink>
              </p>
            </>
          ) : (
            <p className="text-ink-soft">
              {formatMoney({ minor: leftMinor, currency })} of {formatMoney(order.total)} are left. Choose what goes
              back; you see what goes where before anything is sent.
            </p>
          )}
          {preview?.plan.kind === 'planned' ? null : (
            <WishForms desk={desk} leftMinor={leftMinor} path={path} wish={wish} />
          )}
        </div>
      )}
    </AdminPage>
  )
}
