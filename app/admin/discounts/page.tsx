import type { Metadata } from 'next'
import { connection } from 'next/server'

import { Time } from '@/components/admin/time'
import { PlainLink } from '@/components/ui/plain-link'
import { WideTable } from '@/components/admin/wide-table'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getDiscounts } from '@/lib/admin/discounts-desk'
import { formatMoney } from '@/lib/domain/money'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../admin-page'
import { doneText, stateText, whatItTakesOff } from './discount-texts'

export const instant = false
export const metadata: Metadata = { title: 'Discounts' }

export default async function DiscountsPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const admin = await requireAdmin('discounts.manage', '/admin/discounts')
  const { currency, discounts } = await getDiscounts(adminDatabase(), admin)
  return (
    <AdminPage
      admin={admin}
      here="/admin/discounts"
      title="Discounts"
      done={doneText(asked['done'])}
      aside={
        <PlainLink href="/admin/discounts/new" className="desk-button" data-look="primary">
          New discount
        </PlainLink>
      }
    >
      {discounts.length === 0 ? (
        <p className="py-10 text-center text-ink-soft">
          No discounts yet. A code for the first order is a good beginning.
        </p>
      ) : (
        <WideTable name="Discounts" className="-mx-4 sm:-mx-8 sm:px-5">
          <table className="desk-table">
            <caption className="sr-only">Discounts, those in use first</caption>
            <thead>
              <tr>
                <th scope="col">Code</th>
                <th scope="col">Name</th>
                <th scope="col" className="end">
                  Takes off
                </th>
                <th scope="col">State</th>
                <th scope="col">Ends</th>
                <th scope="col" className="end">
                  Orders
                </th>
                <th scope="col" className="end">
                  Given in all
                </th>
              </tr>
            </thead>
            <tbody>
              {discounts.map((discount) => (
                <tr key={discount.id} className="desk-row">
                  <th scope="row" className="num border-b-rule! text-sm! text-ink!">
                    <a href={`/admin/discounts/${discount.id}`} className="desk-row-link">
                      {discount.code ?? 'By itself'}
                    </a>
                  </th>
                  <td className="min-w-40">{discount.label}</td>
                  <td className="num end">{whatItTakesOff(discount, currency)}</td>
                  <td>{stateText(discount)}</td>
                  <td>{discount.endsAt ? <Time at={discount.endsAt} /> : '–'}</td>
                  <td className="num end">
                    {discount.used}
                    {discount.usesMax === null ? '' : ` of ${discount.usesMax}`}
                  </td>
                  <td className="num end">{formatMoney({ minor: discount.grantedMinor, currency })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
    </AdminPage>
  )
}
