import type { Metadata } from 'next'
import { connection } from 'next/server'

import { Pager } from '@/components/admin/pager'
import { ReturnStateMark, returnStateName } from '@/components/admin/return-state'
import { Time } from '@/components/admin/time'
import { WideTable } from '@/components/admin/wide-table'
import { adminDatabase } from '@/lib/admin/admin-services'
import { RETURN_REASON_TEXTS, RETURN_STATES, waitsForStaff } from '@/lib/domain/return'
import { getReturns, RETURNS_PER_PAGE } from '@/lib/returns/return-desk'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../admin-page'

export const instant = false
export const metadata: Metadata = { title: 'Returns' }

/** Approved ones wait for the buyer, and have a view of their own: however many they are, they hide nothing that is to be done. */
const OPEN = RETURN_STATES.filter(waitsForStaff)

export default async function ReturnsPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const wanted = asked['state']
  const state = RETURN_STATES.find((each) => each === wanted) ?? null
  const admin = await requireAdmin('orders.read', '/admin/returns')
  const states = wanted === 'all' ? RETURN_STATES : state ? [state] : OPEN
  const isOver = wanted === 'all' || state === 'refused' || state === 'refunded'
  const { returns, isFirst, next } = await getReturns(adminDatabase(), admin, states, {
    newestFirst: isOver,
    after: asked['after'],
  })
  const view = wanted === 'all' ? 'all' : (state ?? '')
  const path = (after?: string) => {
    const query = new URLSearchParams({ ...(view ? { state: view } : {}), ...(after ? { after } : {}) }).toString()
    return `/admin/returns${query ? `?${query}` : ''}`
  }
  return (
    <AdminPage admin={admin} here="/admin/returns" title="Returns">
      <Views current={view} />
      {returns.length === 0 ? (
        <p className="py-10 text-center text-ink-soft">
          {!isFirst ? 'That was all.' : states === OPEN ? 'No return waits for you.' : 'There are none.'}
        </p>
      ) : (
        <WideTable name="Returns" className="-mx-4 sm:-mx-8 sm:px-5">
          <table className="desk-table">
            <caption className="sr-only">Returns</caption>
            <thead>
              <tr>
                <th scope="col">Order</th>
                <th scope="col">Asked</th>
                <th scope="col">Buyer</th>
                <th scope="col">Why</th>
                <th scope="col">State</th>
                <th scope="col" className="end">
                  Pieces
                </th>
              </tr>
            </thead>
            <tbody>
              {returns.map((row) => (
                <tr key={row.id} className="desk-row">
                  <td className="num font-medium whitespace-nowrap">
                    <a href={`/admin/returns/${row.id}`} className="desk-row-link hover:underline">
                      {row.orderNumber}
                    </a>
                  </td>
                  <td>
                    <Time at={row.askedAt} />
                  </td>
                  <td className="max-w-[16rem]">
                    <span className="block truncate">{row.name}</span>
                    <span className="block truncate text-xs text-ink-soft">{row.email}</span>
                  </td>
                  <td className="min-w-36">{RETURN_REASON_TEXTS[row.reason]}</td>
                  <td>
                    <ReturnStateMark state={row.state} />
                  </td>
                  <td className="end num">{row.pieces}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
      <Pager first={isFirst ? null : path()} next={next === null ? null : path(next)} size={RETURNS_PER_PAGE} />
    </AdminPage>
  )
}

function Views({ current }: { current: string }) {
  const views = [
    ['', 'To do'],
    ...RETURN_STATES.map((state) => [state, returnStateName(state)]),
    ['all', 'All'],
  ] as const
  return (
    <ul aria-label="Views" className="mb-4 flex flex-wrap gap-1">
      {views.map(([value, name]) => (
        <li key={value}>
          <a
            href={`/admin/returns${value ? `?state=${value}` : ''}`}
            aria-current={value === current ? 'page' : undefined}
            className="inline-flex min-h-9 items-center rounded-sm px-3 hover:bg-wash aria-[current]:bg-wash aria-[current]:font-medium"
          >
            {name}
          </a>
        </li>
      ))}
    </ul>
  )
}
