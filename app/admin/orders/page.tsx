import type { Metadata } from 'next'
import { connection } from 'next/server'

import { FilterBar, FilterChoice } from '@/components/admin/filter-bar'
import { NothingListed } from '@/components/admin/nothing-listed'
import { Pager } from '@/components/admin/pager'
import { SearchField } from '@/components/admin/search-field'
import { orderStateName } from '@/components/admin/order-state'
import { Notice } from '@/components/ui/notice'
import { PlainLink } from '@/components/ui/plain-link'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getOrderPage, ORDERS_PER_PAGE } from '@/lib/admin/order-desk'
import { getViews } from '@/lib/admin/saved-views'
import { ORDER_STATES } from '@/lib/domain/order'
import { readOrderCursor, writeOrderCursor } from '@/lib/domain/order-cursor'
import { ORDER_SORTS, orderQuery, parseOrderFilter, type OrderFilter } from '@/lib/domain/order-filter'
import { can } from '@/lib/domain/staff'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../admin-page'
import { OrderTable } from './order-table'
import { ViewForms, Views } from './order-views'
import { noticeText, readChosen } from './pile'

export const instant = false
export const metadata: Metadata = { title: 'Orders' }

const SORT_NAMES = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  dearest: 'Largest first',
  cheapest: 'Smallest first',
}

export default async function OrdersPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const filter = parseOrderFilter(asked)
  const query = orderQuery(filter)
  const admin = await requireAdmin('orders.read', `/admin/orders${query ? `?${query}` : ''}`)
  const after = readOrderCursor(asked['after'], filter.sort)
  const { orders, next } = await getOrderPage(adminDatabase(), admin, filter, after)
  const saved = await getViews(adminDatabase(), admin)
  const notice = noticeText(asked['notice'])
  const refused = (form: string) => readRefusedForm(form, asked['refused'])
  return (
    <AdminPage
      admin={admin}
      here="/admin/orders"
      title="Orders"
      aside={
        <span className="flex flex-wrap gap-2">
          {can(admin.role, 'orders.fulfil') ? (
            <PlainLink href="/admin/orders/bulk" className="desk-button">
              Tracking list
            </PlainLink>
          ) : null}
          {can(admin.role, 'orders.export') ? (
            <form method="post" action="/admin/orders/export">
              <input type="hidden" name="query" value={query} />
              <button type="submit" className="desk-button">
                Export {query ? 'these' : 'all'}
              </button>
            </form>
          ) : null}
        </span>
      }
    >
      {notice ? (
        <div className="mb-5 max-w-3xl">
          <Notice tone="warning" announce>
            {notice}
          </Notice>
        </div>
      ) : null}
      <Views query={query} saved={saved} />
      <Filters filter={filter} />
      <ViewForms
        query={query}
        saved={saved}
        refused={{ keep: await refused('keep-view'), drop: await refused('drop-view') }}
      />
      {orders.length === 0 ? (
        <NothingListed
          why={after ? 'That was all.' : query ? 'No order is like that.' : 'Nobody has bought anything yet.'}
          all={query ? { href: '/admin/orders', name: 'Show all orders' } : null}
        />
      ) : (
        <OrderTable
          orders={orders}
          query={orderQuery(filter, after ? { after: writeOrderCursor(after) } : {})}
          chosen={readChosen(asked['chosen'])}
          fulfils={can(admin.role, 'orders.fulfil')}
          exports={can(admin.role, 'orders.export')}
        />
      )}
      <Pager
        first={after ? `/admin/orders${query ? `?${query}` : ''}` : null}
        next={next ? `/admin/orders?${orderQuery(filter, { after: writeOrderCursor(next) })}` : null}
        size={ORDERS_PER_PAGE}
      />
    </AdminPage>
  )
}

function Filters({ filter }: { filter: OrderFilter }) {
  const day = (date: Date | null, shiftMs = 0) =>
    date ? new Date(date.getTime() - shiftMs).toISOString().slice(0, 10) : ''
  return (
    <FilterBar action="/admin/orders">
      <SearchField
        label="Number, e-mail, name, SKU, tracking number or PayPal id"
        value={filter.search?.text ?? null}
        maxLength={200}
        className="basis-72"
      />
      <FilterChoice name="state" label="State" value={(filter.states.length === 1 && filter.states[0]) || ''}>
        {ORDER_STATES.map((state) => (
          <option key={state} value={state}>
            {orderStateName(state)}
          </option>
        ))}
      </FilterChoice>
      <label>
        <span className="mb-1 block text-xs text-ink-soft">From</span>
        <input type="date" name="from" defaultValue={day(filter.from)} className="desk-field" />
      </label>
      <label>
        <span className="mb-1 block text-xs text-ink-soft">Until</span>
        <input type="date" name="until" defaultValue={day(filter.until, 86_400_000)} className="desk-field" />
      </label>
      <label>
        <span className="mb-1 block text-xs text-ink-soft">Country</span>
        <input
          name="country"
          defaultValue={filter.country ?? ''}
          maxLength={2}
          pattern="[A-Z]{2}"
          title="Two capital letters, such as DE"
          autoComplete="off"
          className="desk-field w-18"
        />
      </label>
      <label>
        <span className="mb-1 block text-xs text-ink-soft">Sort</span>
        <select name="sort" defaultValue={filter.sort} className="desk-field">
          {ORDER_SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {SORT_NAMES[sort]}
            </option>
          ))}
        </select>
      </label>
      {filter.held ? <input type="hidden" name="held" value="1" /> : null}
      {filter.disputed ? <input type="hidden" name="disputed" value="1" /> : null}
      {filter.payment ? <input type="hidden" name="payment" value={filter.payment} /> : null}
    </FilterBar>
  )
}
