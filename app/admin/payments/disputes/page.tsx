import type { Metadata } from 'next'
import { connection } from 'next/server'

import { Time } from '@/components/admin/time'
import { WideTable } from '@/components/admin/wide-table'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getDisputes, type DisputeRow } from '@/lib/admin/disputes'
import { formatMoney, isCurrency } from '@/lib/domain/money'
import { requireAdmin } from '@/lib/web/current-admin'

import { PaymentsPage } from '../payments-page'
import { deadlineTone, inWords } from './dispute-texts'

export const instant = false
export const metadata: Metadata = { title: 'Disputes' }

export default async function DisputesPage() {
  await connection()
  const admin = await requireAdmin('payments.read', '/admin/payments/disputes')
  const { open, over } = await getDisputes(adminDatabase(), admin)
  return (
    <PaymentsPage admin={admin} here="/admin/payments/disputes">
      <section aria-labelledby="open">
        <h2 id="open" className="mb-1 text-base">
          Open
        </h2>
        <p className="mb-4 max-w-3xl text-ink-soft">
          Answer at PayPal before the deadline: without an answer the buyer wins. Until it is over the order is held.
        </p>
        {open.length === 0 ? (
          <p>None. Nobody disputes a payment.</p>
        ) : (
          <DisputeTable name="Open disputes" disputes={open} />
        )}
      </section>
      {over.length > 0 ? (
        <section aria-labelledby="over" className="mt-10">
          <h2 id="over" className="mb-4 text-base">
            Over
          </h2>
          <DisputeTable name="Disputes that are over" disputes={over} />
        </section>
      ) : null}
    </PaymentsPage>
  )
}

function DisputeTable({ name, disputes }: { name: string; disputes: readonly DisputeRow[] }) {
  return (
    <WideTable name={name} className="-mx-4 sm:-mx-8 sm:px-5">
      <table className="desk-table">
        <caption className="sr-only">{name}</caption>
        <thead>
          <tr>
            <th scope="col">Answer by</th>
            <th scope="col">Why</th>
            <th scope="col">State</th>
            <th scope="col" className="end">
              Amount
            </th>
            <th scope="col">Order</th>
            <th scope="col">Opened</th>
            <th scope="col">At PayPal</th>
          </tr>
        </thead>
        <tbody>
          {disputes.map((dispute) => (
            <tr key={dispute.id}>
              <td>
                <Deadline dispute={dispute} />
              </td>
              <td>{inWords(dispute.reason)}</td>
              <td>
                {inWords(dispute.outcome ?? dispute.status)}
                {dispute.stage ? <span className="block text-xs text-ink-soft">{inWords(dispute.stage)}</span> : null}
              </td>
              <td className="end num whitespace-nowrap">
                {dispute.amountMinor !== null && dispute.currency && isCurrency(dispute.currency)
                  ? formatMoney({ minor: dispute.amountMinor, currency: dispute.currency })
                  : '–'}
              </td>
              <td className="num whitespace-nowrap">
                {dispute.orderNumber ? (
                  <a href={`/admin/orders/${dispute.orderNumber}`} className="text-link">
                    {dispute.orderNumber}
                  </a>
                ) : (
                  'none of ours'
                )}
              </td>
              <td>
                <Time at={dispute.openedAt} />
              </td>
              <td className="num text-xs whitespace-nowrap">
                {dispute.address ? (
                  <a href={dispute.address} target="_blank" rel="noreferrer" className="text-link">
                    {dispute.id}
                  </a>
                ) : (
                  dispute.id
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  )
}

function Deadline({ dispute: { sellerResponseDueAt, resolvedAt } }: { dispute: DisputeRow }) {
  if (resolvedAt) {
    return (
      <>
        over <Time at={resolvedAt} />
      </>
    )
  }
  if (!sellerResponseDueAt) return <span className="text-ink-soft">no answer asked for</span>
  return (
    <span className={deadlineTone(sellerResponseDueAt)}>
      <Time at={sellerResponseDueAt} />
    </span>
  )
}
