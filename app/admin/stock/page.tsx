import type { Metadata } from 'next'
import { connection } from 'next/server'

import { FilterBar } from '@/components/admin/filter-bar'
import { NothingListed } from '@/components/admin/nothing-listed'
import { Pager } from '@/components/admin/pager'
import { SearchField } from '@/components/admin/search-field'
import { WideTable } from '@/components/admin/wide-table'
import { adminDatabase } from '@/lib/admin/admin-services'
import { LOW_STOCK_MAX } from '@/lib/domain/catalog'
import {
  parseStockCursor,
  parseStockFilter,
  stockQuery,
  STOCK_VIEWS,
  type StockFilter,
} from '@/lib/domain/stock-filter'
import { getStockPage, STOCK_SHOWN, type StockLine } from '@/lib/stock/stock-desk'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../admin-page'

export const instant = false
export const metadata: Metadata = { title: 'Stock' }

const VIEW_NAMES = { all: 'All', low: 'Running low', out: 'Sold out' } as const

export default async function StockPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const filter = parseStockFilter(asked)
  const query = stockQuery(filter)
  const admin = await requireAdmin('catalogue.read', `/admin/stock${query ? `?${query}` : ''}`)
  const after = parseStockCursor(asked['after'])
  const { lines, next } = await getStockPage(adminDatabase(), admin, filter, after)
  return (
    <AdminPage admin={admin} here="/admin/stock" title="Stock">
      <ul aria-label="Views" className="mb-4 flex flex-wrap gap-1">
        {STOCK_VIEWS.map((show) => (
          <li key={show}>
            <a
              href={`/admin/stock${show === 'all' ? '' : `?show=${show}`}`}
              aria-current={show === filter.show ? 'page' : undefined}
              className="inline-flex min-h-9 items-center rounded-sm px-3 hover:bg-wash aria-[current]:bg-wash aria-[current]:font-medium"
            >
              {VIEW_NAMES[show]}
            </a>
          </li>
        ))}
      </ul>
      <Search filter={filter} />
      {lines.length === 0 ? (
        <NothingListed
          why={
            filter.search ? 'No variant is like that.' : filter.show === 'all' ? 'There is nothing yet.' : 'None is.'
          }
          all={query ? { href: '/admin/stock', name: 'Show all stock' } : null}
        />
      ) : (
        <WideTable name="Stock" className="-mx-4 sm:-mx-8 sm:px-5">
          <table className="desk-table">
            <caption className="sr-only">Stock by SKU</caption>
            <thead>
              <tr>
                <th scope="col">SKU</th>
                <th scope="col">Variant</th>
                <th scope="col" className="end">
                  On hand
                </th>
                <th scope="col" className="end">
                  Held
                </th>
                <th scope="col" className="end">
                  Free
                </th>
                <th scope="col" className="end">
                  Low from
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <Line key={line.variantId} line={line} />
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
      <Pager
        first={after ? `/admin/stock${query ? `?${query}` : ''}` : null}
        next={next ? `/admin/stock?${stockQuery(filter, next)}` : null}
        size={STOCK_SHOWN}
      />
    </AdminPage>
  )
}

function Line({ line }: { line: StockLine }) {
  const free = line.onHand - line.held
  const lowAt = line.lowStockAt ?? LOW_STOCK_MAX
  const tone = !line.isSold ? 'text-ink-soft' : free <= 0 ? 'text-danger' : free <= lowAt ? 'text-warning' : ''
  return (
    <tr className="desk-row">
      <td className="num whitespace-nowrap">
        <a href={`/admin/stock/${line.variantId}`} className="desk-row-link font-medium hover:underline">
          {line.sku}
        </a>
      </td>
      <td className="min-w-48">
        <span className="block max-w-md truncate">{line.productName}</span>
        <span className="block text-xs text-ink-soft">
          {[...(line.kind ? [line.kind] : []), ...(line.isSold ? [] : ['not on sale'])].join(' · ')}
        </span>
      </td>
      <td className="end num">{line.onHand}</td>
      <td className="end num">{line.held > 0 ? line.held : '–'}</td>
      <td className={`end num font-medium ${tone}`}>
        {free}
        {line.isSold && free <= lowAt ? (
          <span className="block text-xs font-normal">{free <= 0 ? 'sold out' : 'low'}</span>
        ) : null}
      </td>
      <td className="end num text-ink-soft">{lowAt}</td>
    </tr>
  )
}

function Search({ filter }: { filter: StockFilter }) {
  return (
    <FilterBar action="/admin/stock">
      {filter.show === 'all' ? null : <input type="hidden" name="show" value={filter.show} />}
      <SearchField label="SKU or product" value={filter.search} maxLength={100} className="basis-64 sm:max-w-md" />
    </FilterBar>
  )
}
