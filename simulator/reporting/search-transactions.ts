import { toPayPalTime } from '../clock'
import { answered, refusedWith, type Outcome } from '../outcome'
import { detail, refuse } from '../refusals'
import type { Simulator } from '../simulator'
import { listTransactions, transactionDetail, type Transaction } from './transactions'

const RANGE_MAX_MS = 31 * 24 * 3_600_000
const PAGE_SIZE_MAX = 500
const RESULTS_MAX = 10_000
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.]\d+)?(Z|[+-]\d\d:?\d\d)$/

type Query = Record<string, string>

/** The account's statement for up to 31 days, as far as PayPal's reporting has heard of it by now. */
export function searchTransactions(simulator: Simulator, origin: string, query: Query): Outcome {
  const [start, end] = [timeIn(query, 'start_date'), timeIn(query, 'end_date')]
  if (start === null) return wrong('start_date', query)
  if (end === null || end < start || end - start > RANGE_MAX_MS) return wrong('end_date', query)
  const size = Number(query['page_size'] ?? 100)
  const page = Number(query['page'] ?? 1)
  if (!Number.isInteger(size) || size < 1 || size > PAGE_SIZE_MAX) return wrong('page_size', query)
  if (!Number.isInteger(page) || page < 1) return wrong('page', query)
  const refreshedAt = simulator.clock.now() - simulator.settings.reportingLagSeconds * 1000
  const found = listTransactions(simulator.state).filter(
    (each) =>
      each.initiatedAt >= start && each.initiatedAt <= end && each.initiatedAt <= refreshedAt && fits(each, query),
  )
  if (found.length > RESULTS_MAX) return refusedWith(refuse(detail('RESULTSET_TOO_LARGE', { location: 'query' })))
  const { merchantId } = simulator.config
  const withPayer = (query['fields'] ?? '').split(',').some((field) => field === 'all' || field === 'payer_info')
  const shown = found.slice((page - 1) * size, page * size)
  const pages = Math.ceil(found.length / size)
  return answered({
    transaction_details: shown.map((each) => transactionDetail(each, merchantId, withPayer)),
    account_number: merchantId,
    start_date: toPayPalTime(start),
    end_date: toPayPalTime(Math.min(end, refreshedAt)),
    last_refreshed_datetime: toPayPalTime(refreshedAt),
    page,
    total_items: found.length,
    total_pages: pages,
    links: [link(origin, query, page, 'self'), ...(page < pages ? [link(origin, query, page + 1, 'next')] : [])],
  })
}

function timeIn(query: Query, name: string): number | null {
  const text = query[name]
  return text !== undefined && TIME.test(text) && !Number.isNaN(Date.parse(text)) ? Date.parse(text) : null
}

/** By default only what changed the balance is listed: nothing pending or denied. */
function fits(each: Transaction, query: Query): boolean {
  const wanted = (name: string, value: string) => query[name] === undefined || query[name] === value
  const isBalanceAffecting = each.status === 'S' || each.status === 'V'
  return (
    (isBalanceAffecting || query['balance_affecting_records_only'] === 'N') &&
    wanted('transaction_id', each.id) &&
    wanted('transaction_type', each.eventCode) &&
    wanted('transaction_status', each.status) &&
    wanted('transaction_currency', each.currency)
  )
}

function link(origin: string, query: Query, page: number, rel: string) {
  const href = `${origin}/v1/reporting/transactions?${new URLSearchParams({ ...query, page: String(page) })}`
  return { href, rel, method: 'GET' }
}

function wrong(field: string, query: Query): Outcome {
  const value = query[field]
  const issue = value === undefined ? 'MISSING_REQUIRED_PARAMETER' : 'INVALID_PARAMETER_VALUE'
  return refusedWith(refuse(detail(issue, { field, location: 'query', ...(value === undefined ? {} : { value }) })))
}
